package dev.anneal.nn.training;

import dev.anneal.nn.file.Safetensors;
import dev.anneal.nn.file.StoredArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * All that decides how a session goes on: weights, the state of the optimizers, the counters of the
 * groups, the metrics so far, where it stands in the run and in the epoch, and the best weights so
 * far. It is immutable.
 *
 * @param texts by name
 * @param arrays by name; the weights under the names of their parameters. Not to be changed
 */
public record TrainingState(
    SequencedMap<String, String> texts, SequencedMap<String, StoredArray> arrays) {
  private static final String BESIDE = "beside/";

  /** The array with epochs, steps of the next one, and the time spent on these. */
  static final String POSITION = "position";

  /** Copies the maps. */
  public TrainingState {
    texts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(texts));
    arrays = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arrays));
  }

  /**
   * Where it stands.
   *
   * @return epochs that are done
   */
  public int epoch() {
    return Math.toIntExact(reader().longs(POSITION, 3)[0]);
  }

  /**
   * Where it stands in the epoch.
   *
   * @return steps that are done
   */
  public int stepOfEpoch() {
    return Math.toIntExact(reader().longs(POSITION, 3)[1]);
  }

  /**
   * What a file keeps of it.
   *
   * @param more texts to keep beside; {@link #beside} reads them
   * @return the content
   */
  public Safetensors toFile(SequencedMap<String, String> more) {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    more.forEach((name, text) -> all.put(BESIDE + name, text));
    all.putAll(texts);
    return new Safetensors(all, arrays);
  }

  /**
   * What a file has kept.
   *
   * @param content what {@link #toFile} gave
   * @return the state
   */
  public static TrainingState of(Safetensors content) {
    SequencedMap<String, String> texts = new LinkedHashMap<>(content.metadata());
    texts.keySet().removeIf(name -> name.startsWith(BESIDE));
    return new TrainingState(texts, content.arrays());
  }

  /**
   * A text that a file keeps beside a state.
   *
   * @param content what {@link #toFile} gave
   * @param name its name
   * @return the text, if there is one
   */
  public static Optional<String> beside(Safetensors content, String name) {
    return Optional.ofNullable(content.metadata().get(BESIDE + name));
  }

  StateReader reader() {
    return new StateReader(this);
  }
}
