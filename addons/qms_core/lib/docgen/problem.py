class TemplateProblem(Exception):
    """Something wrong in the text of a template, and where.

    The library knows no languages: ``code`` and ``params`` become a sentence where they are shown.

    :param str code: what is wrong, a key of the sentences
    :param str section: the heading of the section
    :param str placeholder: the placeholder as it was written, without its braces
    """

    def __init__(self, code, section="", placeholder="", **params):
        super().__init__(f"{code}: {section}: {placeholder}")
        self.code = code
        self.section = section
        self.placeholder = placeholder
        self.params = params
