"""Whether dark or light text can be read on a colour."""

DARK, LIGHT = "#111827", "#FFFFFF"


def luminance(color):
    """Return the relative luminance of a colour ``#RRGGBB``, from 0 to 1 (WCAG 2.2).

    >>> luminance("#FFFFFF"), luminance("#000000")
    (1.0, 0.0)
    """
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2).

    >>> round(ratio("#FFFFFF", "#000000"))
    21
    """
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def text_on(color):
    """Return the colour of text that is read best on a colour.

    >>> text_on("#F7E08A"), text_on("#3F0A0A")
    ('#111827', '#FFFFFF')
    """
    return max((DARK, LIGHT), key=lambda text: ratio(text, color))
