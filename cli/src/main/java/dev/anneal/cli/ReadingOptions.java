package dev.anneal.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a table is written. It is noticed; each of it can be said. */
@SuppressWarnings("unused") // their texts are read by name
final class ReadingOptions {
  @Option(
      names = "--separator",
      paramLabel = "MARK",
      description = "Between the fields of a table: a letter, tab or space (default: noticed).")
  @Nullable String separator;

  @Option(
      names = "--quote",
      paramLabel = "MARK",
      description = "Around fields with separators in them (default: noticed).")
  @Nullable String quote;

  @Option(
      names = "--header",
      paramLabel = "YES|NO",
      description = "Whether the first line has the names of columns (default: noticed).")
  @Nullable String header;

  @Option(
      names = "--decimal",
      paramLabel = "MARK",
      description = "Point or comma in numbers (default: noticed).")
  @Nullable String decimal;

  @Option(
      names = "--thousands",
      paramLabel = "MARK",
      description = "Between groups of three digits (default: noticed).")
  @Nullable String thousands;

  @Option(
      names = "--comment",
      paramLabel = "MARK",
      description = "What lines begin with that are left out (default: noticed).")
  @Nullable String comment;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description = "Of letters: UTF-8, windows-1252, ... (default: noticed).")
  @Nullable String encoding;

  @Option(
      names = "--row-names",
      paramLabel = "YES|NO",
      description = "Whether the first column names the rows, and is no input (default: noticed).")
  @Nullable String rowNames;

  @Option(
      names = "--day-first",
      paramLabel = "YES|NO",
      description = "Whether days are written as 31/12/2020, not 12/31/2020 (default: noticed).")
  @Nullable String dayFirst;

  @Option(
      names = "--na",
      paramLabel = "TEXT",
      description = "What else stands for a missing value, beside ?, NA, NaN, null and nothing.")
  List<String> na = List.of();

  @Option(
      names = "--categories",
      paramLabel = "COLUMNS",
      description = "Columns that are categories, even if they look like numbers.")
  List<String> categories = List.of();

  @Option(
      names = "--numbers",
      paramLabel = "COLUMNS",
      description = "Columns that must be numbers: a field that is none is an error.")
  List<String> numbers = List.of();
}
