package dev.anneal.bench.peers.dl4j;

import dev.anneal.bench.peers.Program;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J multiplies, DL4J trains. The environment's OMP_NUM_THREADS must name the threads, too. */
final class Dl4j {
  private Dl4j() {}

  /**
   * Measures.
   *
   * @param args see {@link Program}
   */
  public static void main(String[] args) {
    Program.of("dl4j").multiplies(NdProduct::new).trains(LayerNetwork::new).run(args);
  }

  static void threads(int threads) {
    Nd4j.getEnvironment().setMaxThreads(threads);
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
  }
}
