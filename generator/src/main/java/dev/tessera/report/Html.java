package dev.tessera.report;

import java.util.List;
import java.util.Locale;

/** Pieces of HTML; every text from outside goes through {@link #text}. */
final class Html {
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

  /** Appends a table; cells are plain text, numbers to the right. */
  Html table(List<String> head, List<List<String>> rows) {
    StringBuilder table = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
    head.forEach(h -> table.append("<th>").append(text(h)).append("</th>"));
    table.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      table.append("<tr>");
      row.forEach(cell -> table.append(cell(cell)));
      table.append("</tr>\n");
    }
    return raw(table.append("</tbody></table></div>").toString());
  }

  private static String cell(String value) {
    boolean figure = !value.isEmpty() && (Character.isDigit(value.charAt(0)) || value.equals("-"));
    return (figure ? "<td class=\"n\">" : "<td>") + text(value) + "</td>";
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
