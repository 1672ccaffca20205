package io.intermodal.migrate;

import java.util.List;

/**
 * Says which routes are applied between two hosts.
 *
 * @param routes the routes in words, best first
 * @param leftOut how many more the planner found that are left out because it was asked for
 */
record SurveyRoutes(List<String> routes, int leftOut) {

  SurveyRoutes {
    routes = List.copyOf(routes);
  }
}
