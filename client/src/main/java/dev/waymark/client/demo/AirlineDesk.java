package dev.waymark.client.demo;

import static dev.waymark.client.demo.Misbehaviour.BLIND_BOOKING;
import static dev.waymark.client.demo.Misbehaviour.REFUSED_REFUND;
import static dev.waymark.client.demo.Misbehaviour.WORK_AFTER_ANSWER;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Books, cancels and refunds flights for customers it talks to. */
final class AirlineDesk implements Scenario {
  private static final List<String> CITIES =
      List.of("LIS", "OSL", "VIE", "JFK", "NRT", "GRU", "CPT", "SYD");
  private static final List<String> CUSTOMERS =
      List.of("mia_berg_4411", "omar_haddad_2087", "ines_costa_9932", "jun_sato_5510");

  @Override
  public void play(Script script, Optional<Misbehaviour> fault) {
    String customer = script.pick(CUSTOMERS);
    boolean refund = fault.isPresent() ? fault.get() == REFUSED_REFUND : script.number(0, 3) == 0;
    if (refund) {
      refund(script, customer, fault);
    } else {
      book(script, customer, fault);
    }
    if (fault.filter(WORK_AFTER_ANSWER::equals).isPresent()) {
      script.call("get_flight_status", Map.of("flight_number", flight(script)), "on time");
    }
  }

  private static void book(Script script, String customer, Optional<Misbehaviour> fault) {
    String to = script.pick(CITIES);
    script.goal("I would like to fly to " + to + " next week");
    if (fault.filter(BLIND_BOOKING::equals).isEmpty()) {
      script.call(
          "get_user_details",
          Map.of("user_id", customer),
          Map.of("membership", script.pick(List.of("regular", "silver", "gold"))));
    }
    String flight = flight(script);
    script.call(
        "search_direct_flight",
        Map.of("destination", to, "date", "2026-05-1" + script.number(0, 9)),
        List.of(Map.of("flight_number", flight, "price", script.number(90, 900))));
    if (fault.filter(BLIND_BOOKING::equals).isEmpty()) {
      script.dialogue("I found flight " + flight + ". Shall I book it?", "Yes, please.");
    }
    script
        .call(
            "book_reservation",
            Map.of("user_id", customer, "flight_number", flight, "cabin", "economy"),
            Map.of("reservation_id", reservation(script)))
        .finalOutput("You are booked on flight " + flight + ". Have a good trip!");
  }

  private static void refund(Script script, String customer, Optional<Misbehaviour> fault) {
    String reservation = reservation(script);
    script
        .goal("Cancel reservation " + reservation + " and give me my money back")
        .call(
            "get_reservation_details",
            Map.of("reservation_id", reservation),
            Map.of("user_id", customer, "insurance", true, "price", script.number(90, 900)))
        .thought("It is insured, so the policy allows a refund.")
        .dialogue("I can cancel it and refund you in full. Shall I?", "Yes.")
        .call("cancel_reservation", Map.of("reservation_id", reservation), "cancelled");
    Map<String, ?> params = Map.of("reservation_id", reservation, "user_id", customer);
    if (fault.filter(REFUSED_REFUND::equals).isPresent()) {
      script.failingCall("issue_refund", params, "payment gateway: card expired");
    } else {
      script.call("issue_refund", params, Map.of("refund_id", "RF" + script.number(1_000, 9_999)));
    }
    script.finalOutput("Your reservation is cancelled, and the money is on its way.");
  }

  private static String flight(Script script) {
    return "WM" + script.number(100, 999);
  }

  private static String reservation(Script script) {
    return "R"
        + Integer.toString(script.number(60_466_176, 2_000_000_000), 36).toUpperCase(Locale.ROOT);
  }
}
