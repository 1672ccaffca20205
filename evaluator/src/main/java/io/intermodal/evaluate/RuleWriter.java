package io.intermodal.evaluate;

/** Writes rules as text that {@link RuleParser} reads back. */
final class RuleWriter {
  private RuleWriter() {}

  static String write(Rules rules) {
    StringBuilder text = new StringBuilder();
    for (RuleParameter parameter : RuleParameter.values()) {
      String value = parameter.valueIn(rules.parameters());
      text.append("set ")
          .append(parameter.text())
          .append(" = ")
          .append(RuleLexer.isWord(value) ? value : quoted(value))
          .append('\n');
    }
    for (Aggregate aggregate : Aggregate.values()) {
      text.append(rules.rule(aggregate).toText());
    }
    for (Relaxation relaxation : rules.relaxations()) {
      text.append("relax ")
          .append(relaxation.test())
          .append(" because ")
          .append(quoted(relaxation.reason()))
          .append(" agreed by ")
          .append(quoted(relaxation.agreedBy()))
          .append(relaxation.includingFailure() ? " including FAILURE\n" : "\n");
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
