package dev.anneal.core.codegen;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Supplier;

/**
 * Remembers what was asked for last, up to a number. What is older is made anew when it is asked
 * for again.
 *
 * @param <K> what tells things apart
 * @param <V> the things
 */
final class Recent<K, V> {
  private final Map<K, V> kept;

  /**
   * Remembers nothing yet.
   *
   * @param most how many to remember, at least 1
   */
  Recent(int most) {
    kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /**
   * Looks up.
   *
   * @param key of the thing
   * @param make makes it where it is not remembered; it must not ask for another
   * @return the same for equal keys, while it is remembered
   */
  synchronized V get(K key, Supplier<V> make) {
    V known = kept.get(key);
    if (known == null) {
      known = make.get();
      kept.put(key, known);
    }
    return known;
  }
}
