package dev.anneal.bench.peers.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.anneal.bench.peers.Program;

/** PyTorch through DJL. */
final class Djl {
  static final String ENGINE = "PyTorch";

  private Djl() {}

  /**
   * Measures.
   *
   * @param args see {@link Program}
   */
  public static void main(String[] args) {
    System.setProperty("DJL_OFFLINE", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.pytorch.num_threads", args[0]);
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Program.of("djl").multiplies(NdProduct::new).trains(BlockNetwork::new).run(args);
  }

  static NDManager manager() {
    return NDManager.newBaseManager(Device.cpu(), ENGINE);
  }
}
