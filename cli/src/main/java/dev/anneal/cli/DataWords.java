package dev.anneal.cli;

import dev.anneal.api.Messages;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.core.sample.Samples;
import dev.anneal.experiments.TrainingData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What runs train on and are judged by, in lines. */
final class DataWords {
  /** More classes than these are not counted one by one. */
  private static final int COUNTED = 10;

  private DataWords() {}

  static List<String> of(TrainingData data) {
    List<String> lines = new ArrayList<>();
    data.notes().stream().limit(1).forEach(note -> lines.add(data.name() + ": " + note));
    data.notes().stream().skip(1).forEach(lines::add);
    String test =
        data.test().map(samples -> ", %s test".formatted(count(samples.size()))).orElse("");
    lines.add(
        "%s%s samples train, %s validate%s"
            .formatted(
                data.notes().isEmpty() ? data.name() + ": " : "",
                count(data.training().size()),
                count(data.validationSize()),
                test));
    int classes = data.classNames().size();
    if (!data.notes().isEmpty() && classes > 0 && classes <= COUNTED) {
      List<int[]> counts = data.parts().stream().map(DataWords::counts).toList();
      lines.add("of each class: " + classes(data.classNames(), counts));
    }
    return lines.stream().map(Messages::oneLine).toList();
  }

  private static String classes(List<String> names, List<int[]> counts) {
    return IntStream.range(0, names.size())
        .mapToObj(label ->
            Messages.brief(names.get(label))
                + " "
                + counts.stream()
                    .map(part -> count(part[label]))
                    .collect(Collectors.joining(" + ")))
        .collect(Collectors.joining(", "));
  }

  private static int[] counts(Samples samples) {
    int[] counts = new int[samples.classes()];
    IntStream.range(0, samples.size()).forEach(i -> counts[samples.label(i)]++);
    return counts;
  }

  private static String count(int number) {
    return NumberFormats.count(number);
  }
}
