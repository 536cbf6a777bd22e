package dev.anneal.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The main program of a peer. Its arguments: how many threads, and what to measure: {@code
 * products}, {@code steps}, or {@code ionosphere} and a file.
 */
public final class Program {
  /** The exit status of what this peer or this machine does not offer. */
  private static final int UNAVAILABLE = 69;

  private final String peer;
  private Optional<Products> products = Optional.empty();
  private Optional<Training> training = Optional.empty();
  private int mostThreads = Integer.MAX_VALUE;

  private Program(String peer) {
    this.peer = peer;
  }

  /**
   * A program that measures nothing yet.
   *
   * @param peer what its lines begin with
   */
  public static Program of(String peer) {
    return new Program(peer);
  }

  /** Measures products. */
  public Program multiplies(Multiplication.Factory factory) {
    return multiplies(factory, product -> true);
  }

  /** Measures those products that pass. */
  public Program multiplies(Multiplication.Factory factory, Predicate<Product> taken) {
    products = Optional.of(new Products(factory, taken));
    return this;
  }

  /** Measures training. */
  public Program trains(Network.Factory factory) {
    training = Optional.of(new Training(factory));
    return this;
  }

  /** Refuses more threads than one. */
  public Program onOneThread() {
    mostThreads = 1;
    return this;
  }

  /**
   * Measures, and ends the process: some libraries leave threads behind.
   *
   * @param args those of the command line
   */
  public void run(String... args) {
    System.exit(status(args));
  }

  private int status(String... args) {
    int threads = Integer.parseInt(args[0]);
    if (threads > mostThreads) {
      return skipped("computes on one thread only");
    }
    Report report = new Report(System.out, peer, threads);
    try {
      switch (args[1]) {
        case "products" -> products.orElseThrow().measure(report);
        case "steps" -> training.orElseThrow().measure(report);
        case "ionosphere" ->
            training.orElseThrow().ionosphere(Samples.read(Path.of(args[2])), threads);
        default -> throw new IllegalArgumentException(args[1]);
      }
      return 0;
    } catch (LinkageError error) {
      error.printStackTrace();
      return skipped(error.toString());
    } catch (IOException exception) {
      return skipped(exception.toString());
    }
  }

  private int skipped(String why) {
    System.err.println(peer + ": skipped: " + why);
    return UNAVAILABLE;
  }
}
