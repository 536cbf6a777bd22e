package dev.anneal.bench.peers.tensorflow;

import dev.anneal.bench.peers.Program;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** TensorFlow: graphs that are built once and run in a session. */
final class TensorFlow {
  private TensorFlow() {}

  /**
   * Measures.
   *
   * @param args see {@link Program}
   */
  public static void main(String[] args) {
    Program.of("tensorflow").multiplies(GraphProduct::new).trains(GraphNetwork::new).run(args);
  }

  /** A session whose operations use so many threads, one operation after the other. */
  static Session session(Graph graph, int threads) {
    return new Session(
        graph,
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(1)
            .build());
  }

  static TFloat32 tensor(int rows, float[] numbers) {
    return TFloat32.tensorOf(Shape.of(rows, numbers.length / rows), DataBuffers.of(numbers));
  }

  static float[] numbers(TFloat32 tensor) {
    float[] numbers = new float[(int) tensor.size()];
    tensor.copyTo(DataBuffers.of(numbers));
    return numbers;
  }
}
