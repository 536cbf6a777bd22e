package dev.anneal.report;

import java.util.List;
import java.util.Locale;

/** A picture in SVG that needs nothing else, light or dark as the reader's system is. */
final class SvgCanvas {
  static final int WIDTH = 860;
  static final int LEFT = 66;
  static final int RIGHT = WIDTH - 16;

  /** The height of a line of text. */
  static final int LINE = 18;

  /** The colours of report.css. */
  private static final List<String> LIGHT =
      List.of("#0072b2", "#d55e00", "#008f68", "#1b1b1b", "#b8629a", "#b97f00", "#3a9bd0");

  private static final List<String> DARK =
      List.of("#56b4e9", "#e66f1a", "#00b083", "#e6e6e3", "#cc79a7", "#e69f00", "#f0e442");
  private static final List<String> DASHES = List.of("none", "10 4", "2 3", "10 3 2 3", "5 3");

  private final StringBuilder svg = new StringBuilder();
  private final String name;

  /**
   * Begins.
   *
   * @param name of the class that its styles are for
   */
  SvgCanvas(String name) {
    this.name = name;
  }

  /** The picture as a document. */
  String document(int height) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
            .formatted(name, WIDTH, height)
        + style()
        + "<rect class=\"page\" width=\"%d\" height=\"%d\"/>\n".formatted(WIDTH, height)
        + svg
        + "</svg>\n";
  }

  private String style() {
    StringBuilder css = new StringBuilder("<style>\n");
    css.append(colours(LIGHT, "#fff", "#1b1b1b", "#5c5c5c", "#ececec"))
        .append("@media (prefers-color-scheme: dark) {\n")
        .append(colours(DARK, "#16181b", "#e6e6e3", "#a3a6a8", "#282b2f"))
        .append("}\n")
        .append(".NAME text { font: 12px system-ui, sans-serif; }\n")
        .append(".NAME path { fill: none; }\n")
        .append(".NAME .curve { stroke-width: 1.75; stroke-linejoin: round; }\n")
        .append(".NAME .label { stroke-width: 3px; paint-order: stroke; }\n")
        .append(".NAME .curve.taken { stroke-width: 3; }\n")
        .append(".NAME .boundary { stroke-dasharray: 2 4; }\n");
    return css.append("</style>\n").toString().replace(".NAME", "." + name);
  }

  private static String colours(
      List<String> curves, String page, String ink, String soft, String grid) {
    StringBuilder css = new StringBuilder();
    css.append(".NAME .page { fill: %s; }\n".formatted(page))
        .append(".NAME text { fill: %s; }\n".formatted(soft))
        .append(".NAME .title { fill: %s; }\n".formatted(ink))
        .append(".NAME .grid { stroke: %s; }\n".formatted(grid))
        .append(".NAME .boundary { stroke: %s; }\n".formatted(soft))
        .append(".NAME .stopped { stroke: %s; stroke-opacity: 0.4; }\n".formatted(soft))
        .append(".NAME .title-line { stroke: %s; stroke-width: 2; }\n".formatted(ink))
        .append(".NAME .bar { fill: %s; fill-opacity: 0.7; }\n".formatted(curves.getFirst()))
        .append(".NAME .bar.taken { fill: %s; }\n".formatted(curves.get(1)))
        .append(".NAME .label { stroke: %s; }\n".formatted(page))
        .append(".NAME .band { fill: %s; fill-opacity: 0.15; }\n".formatted(curves.getFirst()));
    for (int i = 0; i < curves.size(); i++) {
      css.append(".NAME .c%d { stroke: %s; }\n".formatted(i, curves.get(i)));
    }
    return css.toString();
  }

  /** Adds what is drawn otherwise. */
  void add(String markup) {
    svg.append(markup);
  }

  void curve(int index, String path) {
    svg.append(
        "<path class=\"curve c%d\" stroke-dasharray=\"%s\" d=\"%s\"/>\n"
            .formatted(index % LIGHT.size(), DASHES.get(index % DASHES.size()), path));
  }

  /** A point of a path; the first moves there. */
  static void point(StringBuilder path, double x, double y) {
    path.append(path.isEmpty() ? 'M' : 'L').append(one(x)).append(' ').append(one(y));
  }

  void line(String type, double x1, double y1, double x2, double y2) {
    svg.append(segment(type, x1, y1, x2, y2)).append('\n');
  }

  static String segment(String type, double x1, double y1, double x2, double y2) {
    return "<path class=\"%s\" d=\"M%s %sL%s %s\"/>"
        .formatted(type, one(x1), one(y1), one(x2), one(y2));
  }

  void text(String type, double x, double y, String anchor, String text) {
    svg.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(type, one(x), one(y), anchor, Template.escape(text)));
  }

  private static String one(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
