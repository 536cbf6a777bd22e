package dev.anneal.bench;

import dev.anneal.core.sample.Samples;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.Trainer;
import dev.anneal.nn.training.Training;
import dev.anneal.nn.training.TrainingListener;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;

/** A training run without an end, on a thread of its own, that does one epoch when asked to. */
final class EpochByEpoch implements AutoCloseable {
  private final Semaphore wanted = new Semaphore(0);
  private final Semaphore done = new Semaphore(0);
  private volatile boolean closed;
  private volatile boolean ended;

  EpochByEpoch(Training training, Samples samples) {
    TrainingListener gate =
        new TrainingListener() {
          @Override
          public void epoch(Live live, EpochMetrics metrics) {
            done.release();
            await();
          }
        };
    Trainer trainer = training.epochs(Integer.MAX_VALUE).listener(gate).trainer();
    Thread.ofPlatform()
        .daemon()
        .name("training")
        .start(() -> {
          try {
            await();
            trainer.fit(samples);
          } catch (CancellationException _) {
            // closed
          } finally {
            ended = true;
            done.release();
          }
        });
  }

  private void await() {
    wanted.acquireUninterruptibly();
    if (closed) {
      throw new CancellationException();
    }
  }

  /** Returns when one more epoch is done. */
  void epoch() {
    wanted.release();
    done.acquireUninterruptibly();
    if (ended) {
      throw new IllegalStateException("training ended; did it diverge?");
    }
  }

  /** Ends the run, and returns when it has ended. */
  @Override
  public void close() {
    closed = true;
    if (!ended) {
      wanted.release();
      done.acquireUninterruptibly();
    }
  }
}
