package dev.anneal.experiments;

import dev.anneal.core.backend.Backend;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where runs were made. It explains their speed; their results do not depend on it, save for the
 * version.
 *
 * @param cpu the processor
 * @param jdk the Java runtime
 * @param threads how many threads trained
 * @param version the version of Anneal
 */
public record Environment(String cpu, String jdk, int threads, String version) {
  /**
   * All that explains the speed of a run, what the engine computes with included.
   *
   * @param backend as it is now
   * @return numbers and words by name
   */
  Map<String, Object> with(Backend backend) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("cpu", cpu);
    all.put("jdk", jdk);
    all.put("threads", threads);
    all.put("version", version);
    all.put("backend", backend.isVector() ? "vector" : "scalar");
    all.put("vector_bits", backend.vectorBits());
    all.put("fma", backend.fma());
    all.put("kernels_vectorized", backend.vectorized());
    all.put("kernels_waiting", backend.waiting());
    all.put("kernels_scalar", backend.scalar());
    all.put("kernels_small", backend.small());
    backend
        .vectorizedAfter()
        .ifPresent(after -> all.put("vectorized_after_seconds", after.toMillis() * 1e-3));
    backend.reason().ifPresent(reason -> all.put("scalar_since", reason));
    return all;
  }
}
