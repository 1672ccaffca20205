package io.intermodal.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the list of a survey's hypervisors: {@code io.intermodal.hosts/1}. */
public final class SurveyHosts {

  /** The schema of the document. */
  public static final String SCHEMA = "io.intermodal.hosts/1";

  private static final int MAX_HOSTS = 50;

  private SurveyHosts() {}

  /**
   * Reads a document.
   *
   * @param name name of the document for messages
   * @return two hosts or more, with different names
   * @throws io.intermodal.IntermodalException {@code INVALID_HOSTS} with the place; a member that
   *     is not known is refused, so that a misspelt one is not lost
   */
  public static List<SurveyHost> read(String json, String name) {
    JsonReading document = ObservationsJson.parse(json, name, MigrateError.INVALID_HOSTS);
    document.requireSchema(SCHEMA);
    document.allow("schema", "hosts");
    List<SurveyHost> hosts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<JsonReading> items = document.items("hosts");
    if (items.size() < 2 || items.size() > MAX_HOSTS) {
      throw document.error(
          "a survey is between 2 and " + MAX_HOSTS + " hosts, here are " + items.size());
    }
    for (JsonReading item : items) {
      item.allow("name", "uri", "network", "ssh");
      JsonReading ssh = item.memberOrNull("ssh");
      SurveyHost host =
          item.checked(
              () ->
                  new SurveyHost(
                      item.text("name"),
                      item.text("uri"),
                      item.textOrNull("network"),
                      ssh == null ? null : SurveyLogin.read(ssh, null)));
      // Names become files, and some file systems do not tell upper case from lower.
      if (!names.add(host.name().toLowerCase(Locale.ROOT))) {
        throw item.error("two hosts have the name " + host.name());
      }
      hosts.add(host);
    }
    return List.copyOf(hosts);
  }
}
