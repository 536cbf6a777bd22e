package dev.anneal.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a table becomes samples. */
@SuppressWarnings("unused") // their texts are read by name
final class PreparationOptions {
  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description =
          "The column of a table to predict, by name; by place from 1 where it has no header"
              + " (default: the last).")
  @Nullable String target;

  @Option(
      names = "--drop",
      paramLabel = "COLUMNS",
      description = "Columns to leave out, with commas between them.")
  List<String> drop = List.of();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "classification or regression (default: regression where the target is a day, has"
              + " fractions or more than 20 different numbers).")
  @Nullable String task;

  @Option(
      names = "--scale",
      paramLabel = "HOW",
      description =
          "Brings numbers of a table to a common scale, learned from the rows that train: standard,"
              + " minmax, robust, none (default: standard).")
  @Nullable String scale;

  @Option(
      names = "--missing",
      paramLabel = "HOW",
      description =
          "What stands for missing numbers: median, mean; or drop such rows; or error (default:"
              + " median).")
  @Nullable String missing;

  @Option(
      names = "--hash",
      paramLabel = "COLUMN:N",
      description = "Lets the many texts of a column share N inputs, instead of one for each.")
  List<String> hash = List.of();
}
