package dev.anneal.report;

import dev.anneal.api.InputException;
import dev.anneal.nn.file.AtomicFile;
import dev.anneal.search.SearchSummary;
import java.nio.file.Path;

/** A search as files: a page for people, {@code results.json} for programs. */
public final class SearchFiles {
  /** The page. */
  public static final String PAGE = "report.html";

  private SearchFiles() {}

  /**
   * Writes both; each appears complete or not at all.
   *
   * @param summary of the search
   * @param folder where to; it must exist, files of these names are replaced
   * @throws InputException if a file cannot be written
   */
  public static void write(SearchSummary summary, Path folder) {
    AtomicFile.write(folder.resolve(PAGE), SearchPage.render(summary));
    AtomicFile.write(
        folder.resolve("results.json"), SearchJson.of(summary).toPrettyString() + "\n");
  }
}
