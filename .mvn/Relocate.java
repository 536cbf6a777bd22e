import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies classes of libraries from the class path, and what their names lead to, under names of our
 * own.
 *
 * <p>Whatever a class file names, in descriptors, signatures and texts too, is a text of its
 * constant pool, and the rest of the file refers to those by number (The Java Virtual Machine
 * Specification, 4.4). So the texts are all there is to change.
 */
class Relocate {
  private static final String HOME = "dev/anneal/relocated/";

  /** A class of these libraries, or a file that they read. */
  private static final Pattern THEIRS =
      Pattern.compile(
          "(?:assets/)?(?:org/ejml|pabeles/concurrency|com/ezylang/evalex|org/hipparchus)/[\\w/$.-]+");

  private final Deque<String> open = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();

  /**
   * @param args the folder to write to, and the classes to begin with: {@code org/ejml/A}
   */
  public static void main(String[] args) throws IOException {
    Relocate relocate = new Relocate();
    for (String name : List.of(args).subList(1, args.length)) {
      if (ClassLoader.getSystemResource(name + ".class") == null) {
        throw new IOException("not on the class path: " + name);
      }
      relocate.open.add(name);
    }
    relocate.copy(Path.of(args[0]));
  }

  private void copy(Path to) throws IOException {
    while (!open.isEmpty()) {
      String name = open.remove();
      if (seen.add(name)) {
        copy(name + ".class", to);
        copy(name, to);
      }
    }
  }

  private void copy(String file, Path to) throws IOException {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(file)) {
      if (in == null) {
        return;
      }
      byte[] content = in.readAllBytes();
      Path copy = to.resolve(HOME + file);
      Files.createDirectories(copy.getParent());
      Files.write(copy, file.endsWith(".class") ? renamed(content) : content);
    }
  }

  private byte[] renamed(byte[] type) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(type));
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(made);
    out.writeLong(in.readLong()); // what it is, and for which JVM
    int count = in.readUnsignedShort();
    out.writeShort(count);
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      switch (tag) {
        case 1 -> out.writeUTF(renamed(in.readUTF()));
        case 5, 6 -> {
          out.writeLong(in.readLong());
          i++; // a long and a double count twice
        }
        case 7, 8, 16, 19, 20 -> out.writeShort(in.readShort());
        case 15 -> out.write(in.readNBytes(3));
        default -> out.writeInt(in.readInt());
      }
    }
    in.transferTo(out);
    return made.toByteArray();
  }

  private String renamed(String text) {
    Matcher names = THEIRS.matcher(text);
    return names.replaceAll(name -> {
      open.add(name.group());
      return Matcher.quoteReplacement(HOME + name.group());
    });
  }
}
