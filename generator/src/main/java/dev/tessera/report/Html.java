package dev.tessera.report;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Pieces of HTML; every text from outside goes through {@link #text}. */
final class Html {
  /** A number, perhaps with a sign, thousands apart, or percent; or none. */
  private static final Pattern FIGURE = Pattern.compile("-|-?[0-9][0-9.\u2009]*%?");

  private final StringBuilder out = new StringBuilder();

  /** The text with the characters that mean something in HTML replaced. */
  static String text(Object value) {
    return String.valueOf(value)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** An integer with a thin space between thousands. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u2009');
  }

  /** A number with {@code places} decimals. */
  static String number(double value, int places) {
    return String.format(Locale.ROOT, "%." + places + "f", value);
  }

  /** A share in percent with one decimal. */
  static String percent(double share) {
    return number(100 * share, 1) + "\u2009%";
  }

  /** Appends markup as it is. */
  Html raw(String markup) {
    out.append(markup).append('\n');
    return this;
  }

  /** Appends a section title. */
  Html section(String title) {
    return raw("<h2>" + text(title) + "</h2>");
  }

  /** Appends a paragraph of plain text. */
  Html paragraph(String words) {
    return raw("<p>" + text(words) + "</p>");
  }

  /** Appends plain texts as a list. */
  Html list(List<String> lines) {
    raw("<ul>");
    lines.forEach(line -> raw("<li>" + text(line) + "</li>"));
    return raw("</ul>");
  }

  /** Appends a table; cells are plain text, numbers to the right. */
  Html table(List<String> head, List<List<String>> rows) {
    StringBuilder table = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
    for (int column = 0; column < head.size(); column++) {
      table.append(element("th", head.get(column), holdsFigures(rows, column)));
    }
    table.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      table.append("<tr>");
      row.forEach(cell -> table.append(element("td", cell, isFigure(cell))));
      table.append("</tr>\n");
    }
    return raw(table.append("</tbody></table></div>").toString());
  }

  private static String element(String tag, String words, boolean figure) {
    return "<" + tag + (figure ? " class=\"n\">" : ">") + text(words) + "</" + tag + ">";
  }

  /** Whether the title of a column stands above figures. */
  private static boolean holdsFigures(List<List<String>> rows, int column) {
    return !rows.isEmpty() && rows.stream().allMatch(row -> isFigure(row.get(column)));
  }

  private static boolean isFigure(String value) {
    return FIGURE.matcher(value).matches();
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
