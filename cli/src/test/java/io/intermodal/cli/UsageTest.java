package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Tests what holds for all commands: help, wrong usage, colours, sizes and tables. */
class UsageTest {

  @TempDir Path folder;

  @Test
  void printsHelpWithoutACommand() {
    CommandRun run = CommandRun.of();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("intermodal demo", "Exit codes: 0 done", "evaluate", "survey");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "inspect",
        "verify",
        "validate",
        "env",
        "edit",
        "pack",
        "unpack",
        "move",
        "copy",
        "evaluate",
        "survey",
        "routes",
        "drivers",
        "formats",
        "vm"
      })
  void everyCommandHasHelp(String command) {
    CommandRun run = CommandRun.of(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Usage: intermodal " + command).contains("--help");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "show",
        "start",
        "stop",
        "suspend",
        "resume",
        "reboot",
        "snapshot",
        "set-cpu",
        "set-memory"
      })
  void everyOperationHasHelpAndJson(String operation) {
    CommandRun run = CommandRun.of("vm", "local:x", operation, "--help");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("vm " + operation, "--json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mov|Did you mean: intermodal move",
        "move|Missing required options and parameters: '--to=URI', 'SOURCE'",
        "move|usage: intermodal move",
        "survey --too|Unknown option: '--too'",
        "vm|usage: intermodal vm [OPTIONS] URI [COMMAND]",
        "vm local:x|say what to do at local:x: list",
        "vm local:x dance|Unmatched argument",
        "vm local:x set-cpu web four|'four' is not an int",
        "vm local:x set-cpu web 0|COUNT must be at least 1",
        "vm local:x set-memory web 0|SIZE must be at least 1",
        "vm local:x set-memory web much|'much' is not a size; write for example 512MiB",
        "vm local:x stop web --timeout -1|--timeout must not be negative",
        "move a.ova --to local:x --cycles 0|cycles must be from 1 to 100",
        "move a.ova --to local:x --network one|Value for option '--network' (SOURCE=TARGET)",
        "move a.ova --to local:x --memory 9999999999TiB|is too large",
        "pack a|Missing required option: '--output=OVA'",
        "pack a -o b.ova --sign key.pem|cannot sign: give both --sign KEY and --cert CERT",
        "pack a -o b.ova --digest md5|expected one of [SHA1",
        "unpack a.ova|Missing required option: '--output=DIR'",
        "demo --cycles 0|give a number from 1 to 100",
        "evaluate a.json --rules|Missing required parameter for option '--rules' (FILE)",
      })
  void saysWhatIsWrongAndWhatToDo(String line, String reason) {
    CommandRun run = CommandRun.of((Object[]) line.split(" "));
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: ").contains(reason).doesNotContain("\tat ");
  }

  @Test
  void tellsWrongUsageAsJsonWhenAskedTo() {
    CommandRun run = CommandRun.of("inspect", "--json");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isEmpty();
    assertThat(run.json().get("schema").textValue()).isEqualTo("io.intermodal.error/1");
    assertThat(run.json().get("code").textValue()).isEqualTo("WRONG_USAGE");
    assertThat(run.json().get("category").textValue()).isEqualTo("USER_INPUT");
    assertThat(run.json().get("message").textValue()).contains("FILE");
    assertThat(run.json().get("location").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "move|a.ova|--to|local:x|--name|",
        "move|a.ova|--to|local:x|--network|=net",
        "move|a.ova|--to|local:x|--network|net=",
        "vm|local:x|snapshot|web||--json",
        "inspect||--json||-|-",
      })
  void refusesBlankArguments(
      String command, String first, String second, String third, String fourth, String fifth) {
    Object[] arguments =
        Stream.of(command, first, second, third, fourth, fifth)
            .filter(argument -> !"-".equals(argument))
            .map(argument -> argument == null ? "" : argument)
            .toArray();
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.all()).contains("it must not be blank").doesNotContain("\tat ");
  }

  @Test
  void saysWhereJsonIsAskedFor() {
    for (String line : new String[] {"--json survey", "vm local:x --json list"}) {
      CommandRun run = CommandRun.of((Object[]) line.split(" "));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.json().get("message").textValue())
          .isEqualTo("Unknown option: '--json'; write --json at the end");
    }
  }

  @Test
  void coloursTerminalsOnly() {
    Path ova = SampleAppliance.small().writeOva(folder.resolve("a.ova"));
    assertThat(CommandRun.of("verify", ova).all()).doesNotContain("\u001b");
    assertThat(CommandRun.of("--help").all()).doesNotContain("\u001b");
    assertThat(CommandRun.of("survey", "extra").all()).doesNotContain("\u001b");
    assertThat(CommandRun.atTerminal("verify", ova).out()).contains("\u001b[32mOK\u001b[0m");
    assertThat(CommandRun.atTerminal("verify", ova, "--json").out()).doesNotContain("\u001b");
  }

  @Test
  void keepsEscapeSequencesInNamesOutOfTheTerminal() {
    StringWriter text = new StringWriter();
    Console console = new Console(new PrintWriter(text), new PrintWriter(text), false, false);
    new TextTable(console, "Name", "Age").row("a\u001b[2J\nb", null).print();
    assertThat(text.toString().lines().map(String::strip))
        .containsExactly("Name     Age", "a [2J b  -");
  }

  @ParameterizedTest
  @CsvSource({
    "512MiB, 536870912",
    "2GiB, 2147483648",
    "2g, 2147483648",
    "1048576, 1048576",
    "1 kB, 1000"
  })
  void readsSizes(String text, long bytes) {
    assertThat(new Sizes().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5GiB", "GiB", "1XB", "9223372036854775808", "9999999999TiB"})
  void refusesOtherSizes(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new Sizes().convert(text));
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "1023, 1023 B", "1536, 1.5 KiB", "1073741824, 1 GiB"})
  void writesSizes(long bytes, String text) {
    assertThat(Sizes.text(bytes)).isEqualTo(text);
  }

  @Test
  void saysThatAUrlMustBeFetchedFirst() {
    for (String command : List.of("inspect", "verify", "validate", "env")) {
      CommandRun run = CommandRun.of(command, "https://example.org/web.ova");
      assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
      assertThat(run.err()).contains("it is a URL; download the file first");
    }
  }
}
