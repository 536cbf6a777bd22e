package dev.anneal.nn.training;

import dev.anneal.nn.file.StoredArray;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.plan.ParameterStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Collects a state, name by name. */
final class StateWriter {
  private final String prefix;
  private final SequencedMap<String, String> texts;
  private final SequencedMap<String, StoredArray> arrays;

  StateWriter() {
    this("", new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  private StateWriter(
      String prefix, SequencedMap<String, String> texts, SequencedMap<String, StoredArray> arrays) {
    this.prefix = prefix;
    this.texts = texts;
    this.arrays = arrays;
  }

  /** The part of the state whose names begin so. */
  StateWriter within(String part) {
    return new StateWriter(prefix + part + StateReader.SEPARATOR, texts, arrays);
  }

  void text(String name, String value) {
    texts.put(prefix + name, value);
  }

  /** Keeps the array itself, which must not change. */
  void floats(String name, float[] values) {
    put(name, StoredArray.of(values, values.length));
  }

  void doubles(String name, double... values) {
    put(name, StoredArray.of(values.clone(), values.length));
  }

  void longs(String name, long... values) {
    put(name, StoredArray.of(values.clone(), values.length));
  }

  /** Each parameter under its name. */
  void weights(ParameterStore store, float[] all) {
    int at = 0;
    for (Parameter parameter : store.matrices().keySet()) {
      float[] own = Arrays.copyOfRange(all, at, at + parameter.size());
      put(parameter.name(), StoredArray.of(own, parameter.rows(), parameter.columns()));
      at += parameter.size();
    }
  }

  private void put(String name, StoredArray values) {
    if (arrays.put(prefix + name, values) != null) {
      throw new IllegalStateException("two parts of a state are named " + prefix + name);
    }
  }

  TrainingState state() {
    return new TrainingState(texts, arrays);
  }
}
