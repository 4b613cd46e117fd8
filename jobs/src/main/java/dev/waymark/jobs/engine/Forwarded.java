package dev.waymark.jobs.engine;

import dev.waymark.jobs.ports.Incoming;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * An event on its way to the cases of a key other than the run.
 *
 * @param partitionKey what Flink keys it by: {@link CaseKeys#partitionKey}; cases of two tenants or
 *     two keys never meet
 */
@TypeInfo(ForwardedTypeInfoFactory.class)
public record Forwarded(String partitionKey, Incoming incoming) {}
