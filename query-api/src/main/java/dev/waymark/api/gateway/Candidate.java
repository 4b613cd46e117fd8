package dev.waymark.api.gateway;

/**
 * What a door made of a part of a request: a record that claims to follow the event contract.
 *
 * @param index place of its source in the request, from 0; two candidates of one source share it
 * @param record JSON, UTF-8
 */
public record Candidate(int index, byte[] record) {}
