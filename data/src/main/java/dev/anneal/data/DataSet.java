package dev.anneal.data;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import java.util.List;
import java.util.Optional;

/**
 * Samples, and what a person wants to know of them.
 *
 * @param name what {@link DataSets#open(String)} was asked for
 * @param samples in their original order
 * @param test the authors' own test samples, where they come with the data
 * @param classNames the name of each label, at its index
 * @param source authors and licence, or the file, in one line
 */
public record DataSet(
    String name, Samples samples, Optional<Samples> test, List<String> classNames, String source) {
  /**
   * Checks that the parts fit together.
   *
   * @throws InputException if the test samples have other features or classes, or a class has no
   *     name
   */
  public DataSet {
    classNames = List.copyOf(classNames);
    if (classNames.size() != samples.classes()) {
      throw new InputException(
          "%s: %d names for %d classes".formatted(name, classNames.size(), samples.classes()));
    }
    if (test.isPresent()
        && (test.get().features() != samples.features()
            || test.get().classes() != samples.classes())) {
      throw new InputException(name + ": test and training samples differ in features or classes");
    }
  }
}
