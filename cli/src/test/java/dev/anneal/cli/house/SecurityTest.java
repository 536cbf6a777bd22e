package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SECURITY.md says of all code. */
class SecurityTest {
  private static final House HOUSE = House.read();

  /** What makes objects, or runs anything, as data says. */
  private static final Predicate<String> EXECUTING =
      Pattern.compile(
              "java/io/ObjectInputStream|java/beans/XMLDecoder|java/lang/ProcessBuilder"
                  + "|javax/(script|naming|management)/.*|java/rmi/.*|javax/tools/.*|sun/misc/Unsafe")
          .asMatchPredicate();

  /** Methods that do so, of classes that do other things too. */
  private static final Set<String> EXECUTING_METHODS =
      Set.of(
          "java/lang/Runtime.exec",
          "java/lang/Runtime.load",
          "java/lang/Runtime.loadLibrary",
          "java/lang/System.load",
          "java/lang/System.loadLibrary",
          "java/lang/Class.forName");

  /** Names what a compiler has, and is gone when the product runs. */
  private static final String PROCESSOR = "dev.anneal.processor";

  private static final Pattern NATIVE_LIBRARY = Pattern.compile(".*\\.(so|dll|dylib|jnilib)");

  /** What a class of the product uses of these. */
  private static Set<String> executing(ClassModel type) {
    Set<String> found = new TreeSet<>();
    Names.types(type).stream().filter(EXECUTING).forEach(found::add);
    StreamSupport.stream(type.constantPool().spliterator(), false)
        .filter(MemberRefEntry.class::isInstance)
        .map(MemberRefEntry.class::cast)
        .map(member -> member.owner().asInternalName() + "." + member.name().stringValue())
        .filter(EXECUTING_METHODS::contains)
        .forEach(found::add);
    return found;
  }

  private static Set<String> naming(String prefix) {
    return HOUSE
        .classes()
        .filter(type -> Names.types(type).stream().anyMatch(name -> name.startsWith(prefix)))
        .map(Names::of)
        .collect(Collectors.toSet());
  }

  @Test
  void nothingThatIsReadIsExecuted() {
    HOUSE
        .classes()
        .filter(type -> !Names.of(type).startsWith(PROCESSOR))
        .forEach(type -> assertEquals(Set.of(), executing(type), () -> Names.of(type)));
  }

  @Test
  void theLawIsNoticedWhereItIsBroken(@TempDir Path folder) throws IOException {
    List<ClassModel> broken =
        Sources.compile(
            folder,
            """
            package a;
            class Broken {
              void run() throws Exception {
                Runtime.getRuntime().exec(new String[] {"a"});
                System.load("a");
                new java.io.ObjectInputStream(System.in).readObject();
              }
            }
            """);
    assertEquals(
        Set.of("java/io/ObjectInputStream", "java/lang/Runtime.exec", "java/lang/System.load"),
        executing(broken.getFirst()));
  }

  @Test
  void codeIsLoadedFromTheFolderOfPluginsAlone() {
    assertEquals(Set.of("dev.anneal.cli.Plugins"), naming("java/net/URLClassLoader"));
  }

  @Test
  void nothingButTheDownloadOfADataSetUsesTheNetwork() {
    assertEquals(
        Set.of("dev.anneal.data.FashionMnistDownload"), outermost(naming("java/net/http/")));
    assertEquals(Set.of(), naming("java/net/Socket"));
    assertEquals(Set.of(), naming("java/net/ServerSocket"));
  }

  private static Set<String> outermost(Set<String> types) {
    return types.stream().map(name -> name.replaceFirst("\\$.*", "")).collect(Collectors.toSet());
  }

  /** Of the product and of what it stands on: the path of the tests has all of it. */
  @Test
  void noJarHasANativeLibrary() throws IOException {
    for (Path jar : House.jars()) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        assertEquals(
            List.of(),
            zip.stream().map(ZipEntry::getName).filter(NATIVE_LIBRARY.asMatchPredicate()).toList(),
            jar::toString);
      }
    }
  }

  /** Each test that SECURITY.md names is there. */
  @Test
  void everyClaimNamesItsTest() throws IOException {
    List<String> named =
        Pattern.compile("`(\\w+(?:Test|Properties))`")
            .matcher(House.text(House.ROOT.resolve("SECURITY.md")))
            .results()
            .map(found -> found.group(1))
            .distinct()
            .toList();
    assertTrue(named.size() > 5, named::toString);
    Set<String> tests = new TreeSet<>();
    for (Room room : HOUSE.rooms()) {
      Path folder = House.ROOT.resolve(room.name()).resolve("src/test/java");
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.map(file -> file.getFileName().toString().replace(".java", "")).forEach(tests::add);
        }
      }
    }
    assertTrue(tests.containsAll(named), () -> named + " in " + tests);
  }
}
