package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures both ways between the two real hypervisors of the lab in one cycle. It boots the guest a
 * dozen times in all, so it takes a quarter of an hour where they are emulated, and is asked for by
 * a property of its own.
 */
@Tag("lab")
class SurveyLabTest {

  @TempDir Path folder;

  @Test
  void measuresQemuAndXenBothWays() throws IOException {
    Properties lab = lab();
    Assumptions.assumeTrue(
        Boolean.getBoolean("intermodal.survey"),
        "it takes a quarter of an hour: ask for it with -Dintermodal.survey=true");
    Path hosts = folder.resolve("hosts.json");
    Files.writeString(hosts, hosts(lab).toPrettyString());
    CommandRun run =
        CommandRun.of(
            "survey",
            "run",
            "--hosts",
            hosts,
            "--guest",
            Path.of(lab.getProperty("images"), "guest.qcow2"),
            "--guest-os",
            "Debian 12",
            "--memory",
            "320MiB",
            "--cycles",
            "1",
            "--routes",
            "1",
            "--report",
            folder.resolve("report"),
            "--json");

    JsonNode json = run.json();
    assertThat(json.at("/complete").booleanValue()).as(run.all()).isTrue();
    assertThat(json.at("/real").booleanValue()).isTrue();
    assertThat(json.at("/pairs")).hasSize(2);
    for (JsonNode pair : json.at("/pairs")) {
      JsonNode cycle = pair.at("/routes/0/cycles/0");
      assertThat(cycle.at("/breakdown").isNull()).as(cycle.toPrettyString()).isTrue();
      assertThat(pair.at("/stability").textValue()).isEqualTo("INSUFFICIENT");
      assertThat(pair.at("/routes/0/reasons").findValuesAsText("id"))
          .as("the guest starts and stops on both: " + pair.toPrettyString())
          .doesNotContain("1.1.a", "1.1.g");
    }
  }

  private static ObjectNode hosts(Properties lab) throws IOException {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", "io.intermodal.hosts/1");
    ArrayNode hosts = root.putArray("hosts");
    Path keys = Path.of(lab.getProperty("ssh.config")).resolveSibling("id_ed25519");
    for (String host : new String[] {"qemu", "xen"}) {
      String uri = lab.getProperty(host + ".uri");
      ObjectNode ssh =
          hosts
              .addObject()
              .put("name", host)
              .put(
                  "uri",
                  uri + (uri.contains("?") ? "&" : "?") + "pool=" + lab.getProperty(host + ".pool"))
              .putObject("ssh")
              .put("user", "root")
              .put("keyFile", keys.toString())
              .put("knownHosts", keys.resolveSibling("known_hosts").toString())
              .put("hostAlias", lab.getProperty("ssh.guest.alias"));
      if (host.equals("xen")) {
        String name = lab.getProperty("xen.ssh.host");
        ssh.putObject("jump")
            .put("user", "root")
            .put("host", setting(lab, name, "HostName"))
            .put("port", Integer.parseInt(setting(lab, name, "Port")))
            .put("hostAlias", lab.getProperty("xen.ssh.host"));
      }
    }
    return root;
  }

  /** Reads a setting of one host from the lab's ssh configuration. */
  private static String setting(Properties lab, String host, String name) throws IOException {
    String config = Files.readString(Path.of(lab.getProperty("ssh.config")));
    Matcher matcher =
        Pattern.compile("(?ms)^Host " + Pattern.quote(host) + "$.*?^\\s+" + name + " (\\S+)$")
            .matcher(config);
    assertThat(matcher.find()).as(host + " " + name + " in " + config).isTrue();
    return matcher.group(1);
  }

  private static Properties lab() throws IOException {
    String file = System.getProperty("intermodal.lab", "");
    if (file.isBlank()) {
      String reason = "no lab: start one and name its lab.properties with -Dintermodal.lab";
      if (Boolean.getBoolean("intermodal.require")) {
        fail(reason);
      }
      Assumptions.abort(reason);
    }
    Properties lab = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(file))) {
      lab.load(in);
    }
    return lab;
  }
}
