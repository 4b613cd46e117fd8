package dev.waymark.api.http;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/** An agent's flat audit events, the newest first. */
@Introspected
public record AuditEventsView(String agentId, List<AuditEventView> events) {}
