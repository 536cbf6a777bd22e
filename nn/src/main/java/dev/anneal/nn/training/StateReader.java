package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.nn.file.StoredArray;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.plan.ParameterStore;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a state, name by name.
 *
 * @param unread the names of the arrays that nobody has asked for yet
 */
record StateReader(TrainingState state, String prefix, Set<String> unread) {
  static final char SEPARATOR = '/';

  StateReader(TrainingState state) {
    this(state, "", new LinkedHashSet<>(state.arrays().keySet()));
  }

  /** Makes sure that nothing is left. */
  void end() {
    if (!unread.isEmpty()) {
      throw new InputException(
          "the state has \"%s\", which this run has not: it is that of another run"
              .formatted(unread.iterator().next()));
    }
  }

  /** The part of the state whose names begin so. */
  StateReader within(String part) {
    return new StateReader(state, prefix + part + SEPARATOR, unread);
  }

  boolean has(String name) {
    return state.arrays().containsKey(prefix + name);
  }

  String text(String name) {
    String text = state.texts().get(prefix + name);
    if (text == null) {
      throw missing(name, "text");
    }
    return text;
  }

  double[] doubles(String name) {
    return number(name, StoredArray.F64.class).values().clone();
  }

  long[] longs(String name, int count) {
    long[] values = number(name, StoredArray.I64.class).values();
    if (values.length != count) {
      throw new InputException(
          "the state has %d numbers \"%s%s\", not %d: it is that of another run"
              .formatted(values.length, prefix, name, count));
    }
    return values.clone();
  }

  /** The one number of a name. */
  long one(String name) {
    return longs(name, 1)[0];
  }

  Map<String, float[]> allFloats() {
    return all(StoredArray.F32.class, each -> each.values().clone());
  }

  Map<String, double[]> allDoubles() {
    return all(StoredArray.F64.class, each -> each.values().clone());
  }

  private <N extends StoredArray, T> Map<String, T> all(Class<N> type, Function<N, T> value) {
    Map<String, T> all = new LinkedHashMap<>();
    state
        .arrays()
        .forEach((name, numbers) -> {
          String own = name.startsWith(prefix) ? name.substring(prefix.length()) : "/";
          if (type.isInstance(numbers) && own.indexOf(SEPARATOR) < 0) {
            all.put(own, value.apply(type.cast(numbers)));
            unread.remove(name);
          }
        });
    return all;
  }

  /** All weights: parameter after parameter, each row-major. */
  float[] weights(ParameterStore store) {
    float[] all = new float[store.size()];
    int at = 0;
    for (Parameter parameter : store.matrices().keySet()) {
      StoredArray.F32 own = number(parameter.name(), StoredArray.F32.class);
      List<Long> shape = List.of((long) parameter.rows(), (long) parameter.columns());
      if (!own.shape().equals(shape)) {
        throw new InputException(
            "%s is %s in the state and %s in the model: they do not belong together"
                .formatted(parameter.name(), own.shape(), shape));
      }
      System.arraycopy(own.values(), 0, all, at, parameter.size());
      at += parameter.size();
    }
    return all;
  }

  private <N extends StoredArray> N number(String name, Class<N> type) {
    StoredArray numbers = state.arrays().get(prefix + name);
    if (!type.isInstance(numbers)) {
      throw missing(name, "number");
    }
    unread.remove(prefix + name);
    return type.cast(numbers);
  }

  private InputException missing(String name, String kind) {
    return new InputException(
        "the state has no %s \"%s%s\": it is that of another run".formatted(kind, prefix, name));
  }
}
