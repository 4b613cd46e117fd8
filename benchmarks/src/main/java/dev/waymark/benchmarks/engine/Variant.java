package dev.waymark.benchmarks.engine;

/** A way to judge the benchmark's rules. */
enum Variant {
  A("a stock CEP operator a rule, RocksDB"),
  B("a stock CEP operator a rule, heap"),
  C("hand-written keyed function, RocksDB"),
  D("plain loop over hash maps"),
  E("the rule engine, RocksDB");

  final String about;

  Variant(String about) {
    this.about = about;
  }
}
