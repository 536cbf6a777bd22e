package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.DataSet;
import dev.anneal.data.DataSets;
import dev.anneal.data.prepare.Pipeline;
import dev.anneal.data.table.Table;
import dev.anneal.data.table.TableOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Names of data that are files of tables, such as {@code csv:wine.csv}. */
public final class TableFile {
  private static final List<String> PREFIXES = List.of("csv:", "arff:");

  private static final Pattern LOOKS_LIKE_A_FILE =
      Pattern.compile("[/\\\\]|\\.(csv|tsv|txt|data|arff|gz)$", Pattern.CASE_INSENSITIVE);

  private TableFile() {}

  private static Optional<String> prefix(String name) {
    return PREFIXES.stream().filter(name::startsWith).findFirst();
  }

  /**
   * Whether data are a table of the user's own.
   *
   * @param name of data
   * @return false for those that come with this library, or from their authors
   */
  public static boolean is(String name) {
    return prefix(name).isPresent();
  }

  /**
   * The file.
   *
   * @param name of data that are a table
   * @return its path
   * @throws InputException if there is none
   */
  public static Path path(String name) {
    String file = name.substring(prefix(name).map(String::length).orElse(0));
    try {
      if (!file.isBlank()) {
        return Path.of(file);
      }
    } catch (InvalidPathException e) {
      throw new InputException("the file's name is not valid: " + e.getReason(), e);
    }
    throw new InputException("the file is missing; write csv:FILE");
  }

  /**
   * Reads a table, and does something with it; what is wrong with it names the file.
   *
   * @param <T> what comes of it
   * @param name of data that are a table
   * @param reading what is known of the file
   * @param listener is told how far it is
   * @param action what to do
   * @return what comes of it
   */
  public static <T> T read(
      String name, TableOptions reading, ReadingListener listener, Function<Table, T> action) {
    Path file = path(name);
    return named(file, Table.read(file, reading, bytes -> listener.read(file, bytes)), action);
  }

  /** Reads a table like one that a pipeline was learned from, and does something with it. */
  static <T> T read(
      String name,
      TableOptions reading,
      Pipeline pipeline,
      ReadingListener listener,
      Function<Table, T> action) {
    Path file = path(name);
    return named(file, pipeline.read(file, reading, bytes -> listener.read(file, bytes)), action);
  }

  private static <T> T named(Path file, Table table, Function<Table, T> action) {
    try {
      return action.apply(table);
    } catch (InputException e) {
      throw new InputException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The labelled samples of a table. */
  static Samples labelled(Pipeline pipeline, Table table) {
    if (!pipeline.isLabelled(table)) {
      throw new InputException(
          "the column \"%s\" with the labels is missing".formatted(pipeline.target().name()));
    }
    return pipeline.samples(table);
  }

  /** Opens what is no table. */
  static DataSet openSet(String name, Optional<Path> folder) {
    if (!DataSets.names().contains(name) && LOOKS_LIKE_A_FILE.matcher(name).find()) {
      throw new InputException(
          "no data set is named \"%s\" (did you mean \"csv:%1$s\"?)".formatted(name));
    }
    return DataSets.open(name, folder);
  }
}
