package dev.anneal.nn.file;

import dev.anneal.api.InputException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes checkpoints on a thread of its own. At most one is being written and one waits; a newer
 * one takes the place of the one that waits, so that a slow disk costs checkpoints and not time or
 * memory. Only one that waits and is the best is not given up for one that is not: then the caller
 * waits.
 */
public final class BackgroundWriter implements AutoCloseable {
  private record Job(long position, Safetensors content, boolean best) {}

  private final CheckpointFolder folder;
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Job waiting;
  private boolean writing;
  private boolean closed;
  private @Nullable Throwable failure;

  /**
   * Starts the thread.
   *
   * @param folder where to; it must stay open until this is closed
   */
  public BackgroundWriter(CheckpointFolder folder) {
    this.folder = folder;
    Thread.ofPlatform().daemon().name("anneal-checkpoints").start(this::run);
  }

  private void run() {
    for (Job job = next(); job != null; job = next()) {
      Throwable thrown = null;
      try {
        folder.write(job.position(), job.content(), job.best());
      } catch (RuntimeException | Error e) {
        thrown = e;
      }
      done(thrown);
    }
  }

  private @Nullable Job next() {
    lock.lock();
    try {
      while (waiting == null && !closed) {
        changed.awaitUninterruptibly();
      }
      Job job = waiting;
      waiting = null;
      writing = job != null;
      changed.signalAll();
      return job;
    } finally {
      lock.unlock();
    }
  }

  private void done(@Nullable Throwable thrown) {
    lock.lock();
    try {
      writing = false;
      failure = failure == null ? thrown : failure;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands over a checkpoint; see {@link CheckpointFolder#write}.
   *
   * @param position where training stands, at least 0
   * @param content what to go on with; its numbers must not change any more
   * @param best whether it is the best so far
   * @throws InputException if an earlier one could not be written; this one is not handed over then
   * @throws IllegalStateException if this is closed
   */
  public void submit(long position, Safetensors content, boolean best) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      while (waiting != null && waiting.best() && !best) {
        changed.awaitUninterruptibly();
      }
      check();
      waiting = new Job(position, content, best);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Throws what went wrong since the last call, once.
   *
   * @throws InputException if a checkpoint could not be written
   */
  public void check() {
    lock.lock();
    try {
      Throwable thrown = failure;
      failure = null;
      switch (thrown) {
        case null -> {}
        case RuntimeException e -> throw e;
        default -> throw (Error) thrown;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when all that was handed over, and not replaced by a newer one, is on the disk.
   *
   * @throws InputException if a checkpoint could not be written
   */
  public void flush() {
    lock.lock();
    try {
      while (waiting != null || writing) {
        changed.awaitUninterruptibly();
      }
      check();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Flushes, and ends the thread.
   *
   * @throws InputException if a checkpoint could not be written
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      flush();
    } finally {
      lock.unlock();
    }
  }
}
