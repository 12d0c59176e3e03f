"""Numbers and tables as text."""
import math


def number(value):
    if not math.isfinite(value):
        return "-"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def with_interval(estimate):
    """A figure and its interval, with as many decimals as the interval's width asks for."""
    if not math.isfinite(estimate.point):
        return "-"
    if not math.isfinite(estimate.low + estimate.high):
        return number(estimate.point)
    width = estimate.high - estimate.low
    decimals = max(0, 1 - math.floor(math.log10(width))) if width > 1e-12 else (0 if estimate.point == round(estimate.point) else 3)
    point, low, high = (f"{round(value, decimals) + 0.0:.{decimals}f}" for value in (estimate.point, estimate.low, estimate.high))
    return f"{point} [{low}, {high}]"


def printed(names, rows):
    """First column and words to the left, figures to the right."""
    widths = [max(len(str(line[at])) for line in (names, *rows)) for at in range(len(names))]
    words = [at == 0 or not any(character.isdigit() for row in rows for character in row[at]) and any(row[at] != "-" for row in rows)
             for at in range(len(names))]
    return "\n".join("  " + "  ".join(str(text).ljust(width) if left else str(text).rjust(width)
                                      for text, width, left in zip(line, widths, words)).rstrip() for line in (names, *rows))
