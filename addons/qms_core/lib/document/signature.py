import hashlib
from dataclasses import dataclass

from asn1crypto import cms, core, pem

DIGESTS = ("sha1", "sha224", "sha256", "sha384", "sha512")


class SignatureProblem(Exception):
    """A file that is no detached signature; ``kind`` is ``unreadable`` or ``attached``."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True)
class Signature:
    """What a detached signature says of one signer: whom its certificate names, and the hash of what he signed.

    ``algorithm`` is empty where it is a national one that Python can't compute.
    """

    signer: str
    algorithm: str
    digest: bytes


def read_signature(content):
    """Read a detached CMS signature (``.p7s``), binary or as PEM text.

    :param bytes content: the file
    :rtype: list[Signature]
    :raises SignatureProblem: if it is none, or holds what was signed inside
    """
    try:
        if pem.detect(content):
            content = pem.unarmor(content)[2]
        info = cms.ContentInfo.load(content, strict=True)
        if info["content_type"].native != "signed_data":
            raise SignatureProblem("unreadable")
        signed = info["content"]
        if signed["encap_content_info"]["content"].native is not None:
            raise SignatureProblem("attached")
        names = _names(signed)
        return [_signature(signer, names) for signer in signed["signer_infos"]]
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise SignatureProblem("unreadable") from error


def matching(signature, contents):
    """Return which of some files was signed.

    :param Signature signature: with an algorithm that is known
    :param dict contents: ``{key: bytes}``
    :return: the key, or None
    """
    for key, content in contents.items():
        if hashlib.new(signature.algorithm, content).digest() == signature.digest:
            return key
    return None


def _names(signed):
    names = {}
    for choice in signed["certificates"] or ():
        if choice.name == "certificate":
            certificate = choice.chosen
            subject = certificate.subject.native
            names[certificate.serial_number] = subject.get("common_name") or certificate.subject.human_friendly
    return names


def _signature(signer, names):
    algorithm = signer["digest_algorithm"]["algorithm"].native
    digest = b""
    for attribute in signer["signed_attrs"] if signer["signed_attrs"].native else ():
        if attribute["type"].native == "message_digest":
            digest = attribute["values"][0].native
    if not digest:
        # Without signed attributes only the public key could tell what was signed.
        raise SignatureProblem("unreadable")
    sid = signer["sid"].chosen
    serial = sid["serial_number"].native if isinstance(sid, core.Sequence) else None
    return Signature(names.get(serial, ""), algorithm if algorithm in DIGESTS else "", digest)
