package dev.anneal.cli.house;

import java.lang.classfile.ClassModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which package names which other, and the first class that does so. */
final class PackageGraph {
  private final Map<String, Map<String, String>> edges = new TreeMap<>();

  private PackageGraph() {}

  static PackageGraph of(Stream<ClassModel> classes) {
    PackageGraph graph = new PackageGraph();
    classes.forEach(graph::add);
    return graph;
  }

  private void add(ClassModel type) {
    String from = Names.packageOf(type.thisClass().asInternalName());
    Map<String, String> named = edges.computeIfAbsent(from, name -> new TreeMap<>());
    for (String other : Names.types(type)) {
      String to = Names.packageOf(other);
      if (!to.equals(from)) {
        named.putIfAbsent(to, Names.of(type) + " names " + Names.dotted(other));
      }
    }
  }

  /** The packages that a package names. */
  Set<String> named(String from) {
    return edges.get(from).keySet();
  }

  /** One cycle, a line an arrow; nothing if there is none. */
  List<String> cycle() {
    Set<String> done = new HashSet<>();
    for (String start : edges.keySet()) {
      List<String> cycle = cycle(start, new ArrayList<>(), done);
      if (!cycle.isEmpty()) {
        return arrows(cycle);
      }
    }
    return List.of();
  }

  private List<String> cycle(String here, List<String> path, Set<String> done) {
    if (path.contains(here)) {
      return List.copyOf(path.subList(path.indexOf(here), path.size()));
    }
    if (done.contains(here) || !edges.containsKey(here)) {
      return List.of();
    }
    path.add(here);
    for (String next : named(here)) {
      List<String> cycle = cycle(next, path, done);
      if (!cycle.isEmpty()) {
        return cycle;
      }
    }
    path.removeLast();
    done.add(here);
    return List.of();
  }

  private List<String> arrows(List<String> cycle) {
    return IntStream.range(0, cycle.size())
        .mapToObj(i -> arrow(cycle.get(i), cycle.get((i + 1) % cycle.size())))
        .toList();
  }

  private String arrow(String from, String to) {
    return from + " -> " + to + ": " + edges.get(from).get(to);
  }
}
