package dev.anneal.core.backend;

import dev.anneal.core.codegen.Vectorization;
import dev.anneal.core.kernel.Fallback;
import dev.anneal.core.kernel.Width;
import java.time.Duration;
import java.util.Optional;

/**
 * What the engine computes with, as it is at a moment. The bits of all results are the same with
 * any; only the speed differs, many times.
 *
 * <p>Where scalar code computes though vector code could, the logger {@code dev.anneal.core} says
 * so too, as a warning, once in a process.
 *
 * @param vectorBits the width of vectors in bits, 128, 256 or 512; 0 for scalar code
 * @param fma whether a fused multiply-add is an instruction here; else each is a computation of its
 *     own, hundreds of times slower
 * @param vectorized how many kernels run as vectors
 * @param waiting how many run as scalar code until the JIT has compiled their vectors
 * @param scalar how many stay with scalar code, since the JIT has not compiled their vectors
 * @param small how many run as scalar code since they have done too little for vectors to pay
 * @param vectorizedAfter how long it took from the first kernel to the last that runs as vectors;
 *     empty if none does
 * @param reason why scalar code computes where vector code could, and what to do about it; empty if
 *     none does for good
 */
public record Backend(
    int vectorBits,
    boolean fma,
    int vectorized,
    int waiting,
    int scalar,
    int small,
    Optional<Duration> vectorizedAfter,
    Optional<String> reason) {

  /** Computed once, before the JIT knows the loops. */
  private static final boolean FMA = Fma.isInstruction();

  /**
   * What the engine computes with now.
   *
   * @return the state of this moment
   * @throws dev.anneal.api.InputException if the system property {@code anneal.vector.bits} has no
   *     meaning here
   */
  public static Backend now() {
    int bits = Width.preferred().bits();
    Vectorization kernels = Vectorization.now();
    return new Backend(
        bits,
        FMA,
        kernels.vectorized(),
        kernels.waiting(),
        kernels.scalar(),
        kernels.small(),
        kernels.after(),
        Fallback.first().map(Fallback::reason));
  }

  /**
   * What computes, for people.
   *
   * @return such as {@code vectors of 512 bits, fused multiply-add}
   */
  public String summary() {
    String vectors = isVector() ? "vectors of %d bits".formatted(vectorBits) : "scalar code";
    return vectors
        + (fma ? ", fused multiply-add" : ", no fused multiply-add: hundreds of times slower");
  }

  /**
   * Whether vector code computes, or will as soon as the JIT has compiled it.
   *
   * @return false for scalar code
   */
  public boolean isVector() {
    return vectorBits > 0 && (vectorized + waiting > 0 || scalar == 0);
  }
}
