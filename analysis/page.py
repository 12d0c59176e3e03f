"""A figure whose places are inches from its top left corner, and text that is measured before it is drawn."""
import re

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

INK = "#1A1A1A"
LINE = 1.2  # of the size of the letters


def width_of(text, size, weight="normal"):
    """In inches."""
    return text_to_path.get_text_width_height_descent(text, FontProperties(size=size, weight=weight), ismath=False)[0] / 72


def wrapped(text, width, size, weight="normal"):
    """Lines that are no wider; a word that is, is broken after a dot or an underscore, or else anywhere.

    Signs such as = stay with what is on both sides.
    """
    lines, text = [], re.sub(r" ([=≤≥]) ", "\u00a0\\1\u00a0", text)
    for word in filter(None, text.split(" ")):
        line = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(line, size, weight) <= width:
            lines[-1] = line
            continue
        while width_of(word, size, weight) > width and len(word) > 1:
            fits = next((n for n in range(len(word) - 1, 1, -1) if width_of(word[:n], size, weight) <= width), 1)
            fits = max(word.rfind(mark, 0, fits) for mark in "._\u00a0") + 1 or fits
            lines, word = [*lines, word[:fits]], word[fits:]
        lines.append(word)
    return [line.replace("\u00a0", " ") for line in lines]


def height_of(lines, size):
    """Of so many lines, in inches."""
    return len(lines) * size * LINE / 72 * 1.02


class Page:
    def __init__(self, width, height):
        self.width, self.height = width, height
        self.figure = plt.figure(figsize=(width, height))

    def write(self, x, y, lines, size, **how):
        self.figure.text(x / self.width, 1 - y / self.height, "\n".join(lines), fontsize=size, va="top",
                         **{"color": INK, "linespacing": LINE, "parse_math": False, **how})

    def axes(self, x, y, width, height):
        return self.figure.add_axes((x / self.width, 1 - (y + height) / self.height, width / self.width, height / self.height))
