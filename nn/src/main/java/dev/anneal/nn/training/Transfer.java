package dev.anneal.nn.training;

import dev.anneal.core.tensor.Tensor;
import dev.anneal.nn.file.StoredArray;
import dev.anneal.nn.graph.NamePattern;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.model.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one model has learned, as the start of another: weights are taken where name and shape are
 * those of the other's parameters. All else starts as it would without.
 *
 * <pre>{@code
 * Transfer transfer = Transfer.of(ModelFile.read(file).weights(), model, "dense_3");
 * try (Trainer trainer = training.trainer()) {
 *   transfer.into(trainer);
 *   trainer.fit(samples);
 * }
 * }</pre>
 *
 * @param taken weights by parameter
 * @param left parameters that were to start anew
 * @param missing parameters of which there were no weights
 * @param misfits parameters of which there were weights of another shape, and what shape
 * @param unused names of weights that no parameter has
 */
public record Transfer(
    SequencedMap<Parameter, Tensor> taken,
    List<Parameter> left,
    List<Parameter> missing,
    SequencedMap<Parameter, List<Long>> misfits,
    List<String> unused) {
  /** Copies. */
  public Transfer {
    taken = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(taken));
    left = List.copyOf(left);
    missing = List.copyOf(missing);
    misfits = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(misfits));
    unused = List.copyOf(unused);
  }

  /**
   * Compares.
   *
   * @param weights by name, as a file of a model has them
   * @param model what is to start with them
   * @param without patterns of names that start anew, such as {@code dense_3} or {@code *.bias}
   * @return what there is for it
   */
  public static Transfer of(Map<String, StoredArray> weights, Model model, String... without) {
    SequencedMap<Parameter, Tensor> taken = new LinkedHashMap<>();
    SequencedMap<Parameter, List<Long>> misfits = new LinkedHashMap<>();
    List<Parameter> left = new ArrayList<>();
    List<Parameter> missing = new ArrayList<>();
    Set<String> unused = new LinkedHashSet<>(weights.keySet());
    List<NamePattern> patterns = Stream.of(without).map(NamePattern::new).toList();
    for (Parameter parameter : model.parameters()) {
      unused.remove(parameter.name());
      StoredArray found = weights.get(parameter.name());
      List<Long> shape = List.of((long) parameter.rows(), (long) parameter.columns());
      if (patterns.stream().anyMatch(pattern -> pattern.test(parameter))) {
        left.add(parameter);
      } else if (found == null) {
        missing.add(parameter);
      } else if (found instanceof StoredArray.F32(var own, float[] values) && own.equals(shape)) {
        taken.put(parameter, Tensor.of(values, parameter.rows(), parameter.columns()));
      } else {
        misfits.put(parameter, found.shape());
      }
    }
    return new Transfer(taken, left, missing, misfits, List.copyOf(unused));
  }

  /**
   * Puts the weights in place.
   *
   * @param trainer of the model, before it trains
   */
  public void into(Trainer trainer) {
    taken.forEach(trainer::setWeights);
  }

  /**
   * What was found, a line for each kind that there is.
   *
   * @return lines of text
   */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    add(lines, "taken", taken.keySet().stream().map(Parameter::name));
    add(lines, "start anew", left.stream().map(Parameter::name));
    add(lines, "not there", missing.stream().map(Parameter::name));
    add(
        lines,
        "of another shape",
        misfits.entrySet().stream()
            .map(misfit -> {
              Parameter wanted = misfit.getKey();
              return "%s %s instead of [%d, %d]"
                  .formatted(wanted.name(), misfit.getValue(), wanted.rows(), wanted.columns());
            }));
    add(lines, "not used", unused.stream());
    return String.join("\n", lines);
  }

  private static void add(List<String> lines, String what, Stream<String> names) {
    List<String> all = names.toList();
    if (!all.isEmpty()) {
      lines.add(what + ": " + String.join(", ", all));
    }
  }
}
