package dev.anneal.search;

import dev.anneal.api.InputException;
import dev.anneal.nn.file.FolderLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a search has done, a line of JSON for each run that has ended and for each decision that
 * time has made: what a search that was killed goes on from. A line that was not finished counts
 * for nothing. One process at a time writes it.
 */
public final class Journal implements AutoCloseable {
  /** The name of the file. */
  public static final String FILE = "journal.jsonl";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String AT = "at";

  private final Path file;
  private final FolderLock lock;
  private final FileChannel channel;
  private final List<JsonNode> lines;
  private final double before;
  private final long begun;

  private Journal(
      Path file, FolderLock lock, FileChannel channel, List<JsonNode> lines, long begun) {
    this.file = file;
    this.lock = lock;
    this.channel = channel;
    this.lines = lines;
    this.begun = begun;
    before = lines.isEmpty() ? 0 : lines.getLast().path(AT).asDouble(0);
  }

  /**
   * Opens the journal of a folder, which is this process's until it is closed.
   *
   * @param folder made if it is missing
   * @param begun when the search began, or goes on, by {@link System#nanoTime}
   * @return with what is in it
   * @throws InputException if another process has it, or it cannot be read or written
   */
  public static Journal open(Path folder, long begun) {
    FolderLock lock = FolderLock.acquire(folder);
    Path file = folder.resolve(FILE);
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      String text = Files.readString(file);
      int whole = text.lastIndexOf('\n') + 1;
      List<JsonNode> lines = new ArrayList<>();
      for (String line : text.substring(0, whole).lines().toList()) {
        lines.add(JSON.readTree(line));
      }
      channel.truncate(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
      channel.position(channel.size());
      return new Journal(file, lock, channel, lines, begun);
    } catch (IOException | JacksonException e) {
      lock.close();
      throw new InputException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * How long the search has taken.
   *
   * @return in seconds, with the time before it was killed up to the last line
   */
  public double seconds() {
    return before + (System.nanoTime() - begun) * 1e-9;
  }

  /**
   * The runs in it.
   *
   * @return in the order in which they ended
   */
  public List<TrialResult> results() {
    return results(lines);
  }

  private static List<TrialResult> results(List<JsonNode> lines) {
    return lines.stream().filter(line -> line.has("trial")).map(Journal::result).toList();
  }

  /**
   * The runs since a decision.
   *
   * @param name of what was decided, the last time
   * @return likewise; all where it was not
   */
  public synchronized List<TrialResult> resultsSince(String name) {
    return results(lines.subList(since(name) + 1, lines.size()));
  }

  /**
   * The time since a decision.
   *
   * @param name of what was decided, the last time
   * @return in seconds, with what was before a kill; since the beginning where it was not
   */
  public synchronized double secondsSince(String name) {
    int line = since(name);
    return seconds() - (line < 0 ? 0 : lines.get(line).path(AT).asDouble(0));
  }

  /** The last line of a decision, or -1. */
  private int since(String name) {
    int line = lines.size() - 1;
    while (line >= 0 && !lines.get(line).has(name)) {
      line--;
    }
    return line;
  }

  /**
   * A decision that is in it.
   *
   * @param name of what was decided
   * @return the last one; nothing where there is none
   */
  public OptionalInt decided(String name) {
    return lines.stream()
        .filter(line -> line.has(name))
        .mapToInt(line -> line.path(name).asInt())
        .reduce((_, last) -> last);
  }

  /**
   * Adds a run.
   *
   * @param result how it ended
   */
  public void add(TrialResult result) {
    ObjectNode line =
        JSON.createObjectNode().put("trial", result.run().trial()).put("rung", result.run().rung());
    if (result.isTrained()) {
      line.put("value", finite(result.value()))
          .put("diverged", result.diverged())
          .put("seconds", result.seconds())
          .put("val_loss", finite(result.loss()))
          .put("quality", finite(result.quality()));
      ArrayNode losses = line.putArray("losses");
      result.losses().forEach(loss -> losses.add(finite(loss)));
    } else {
      line.put("refusal", result.refusal());
    }
    write(line);
  }

  /**
   * Adds a decision.
   *
   * @param name of what is decided
   * @param value the decision
   * @return the same
   */
  public int decide(String name, int value) {
    write(JSON.createObjectNode().put(name, value));
    return value;
  }

  private synchronized void write(ObjectNode line) {
    line.put(AT, seconds());
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      lines.add(line);
    } catch (IOException e) {
      throw new InputException("%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static TrialResult result(JsonNode line) {
    TrialRun run = new TrialRun(line.path("trial").asInt(), line.path("rung").asInt());
    if (line.has("refusal")) {
      return TrialResult.refused(run, line.path("refusal").asString());
    }
    List<Double> losses = new ArrayList<>();
    line.path("losses").forEach(loss -> losses.add(number(loss)));
    return new TrialResult(
        run,
        number(line.path("value")),
        line.path("diverged").asBoolean(),
        line.path("seconds").asDouble(0),
        losses,
        number(line.path("val_loss")),
        number(line.path("quality")),
        "");
  }

  private static double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : Double.NaN;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new InputException("%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    } finally {
      lock.close();
    }
  }
}
