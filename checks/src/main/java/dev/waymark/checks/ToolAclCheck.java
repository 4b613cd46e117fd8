package dev.waymark.checks;

import dev.waymark.checks.tenant.Agent;
import dev.waymark.checks.tenant.Tenant;
import dev.waymark.checks.tenant.Tool;
import dev.waymark.schemas.event.Event;
import dev.waymark.schemas.rule.Condition;
import dev.waymark.schemas.rule.Glob;
import java.util.List;
import java.util.Optional;

/**
 * Whether the agent is known and may ask for the action with these parameters. A constraint that
 * cannot be evaluated does not hold.
 */
final class ToolAclCheck implements Check {
  @Override
  public CheckName name() {
    return CheckName.TOOL_ACL;
  }

  @Override
  public void check(EventContent content, Tenant tenant, Report report) {
    Event event = content.event();
    Optional<Agent> agent = tenant.agent(event.agentId());
    if (agent.isEmpty()) {
      if (tenant.refusesUnknownAgents()) {
        report.add(
            name(),
            "unknown_agent",
            "meta.agent_id",
            "no agent of this tenant: " + event.agentId());
      }
      return;
    }
    List<Tool> tools = agent.get().tools();
    if (tools != null && event.type().equals(Event.ACTION_REQUEST)) {
      checkAction(content, tools, report);
    }
  }

  private void checkAction(EventContent content, List<Tool> tools, Report report) {
    String action = content.event().action() == null ? "" : content.event().action();
    boolean isListed = false;
    for (Tool tool : tools) {
      if (Glob.matches(tool.action(), action)) {
        if (holds(tool, content)) {
          return;
        }
        isListed = true;
      }
    }
    String who = "agent " + content.event().agentId() + " may not ask for " + action;
    if (isListed) {
      report.add(name(), "parameters", "payload.params", who + " with these");
    } else {
      report.add(name(), "action", "payload.action", who);
    }
  }

  private static boolean holds(Tool tool, EventContent content) {
    Condition where = tool.where();
    return where == null || where.test(content.fields()) == Condition.Outcome.TRUE;
  }
}
