package aiwolf

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"unicode/utf8"

	"dryad/games"
	wolf "dryad/games/werewolf"
	"dryad/games/werewolf/agents"
	"dryad/games/werewolf/hearing"
	"dryad/games/werewolf/rules"
)

// TestContent: what is said in AIWolf's language is heard as it is meant, and put
// into it again.
func TestContent(t *testing.T) {
	for content, want := range map[string]string{ // told again by player_0
		"COMINGOUT Agent[01] SEER":                                            "COMINGOUT Agent[01] SEER",
		"Agent[01] COMINGOUT Agent[01] SEER":                                  "COMINGOUT Agent[01] SEER",
		"DIVINED Agent[04] WEREWOLF":                                          "AND (COMINGOUT Agent[01] SEER) (DIVINED Agent[04] WEREWOLF)",
		"DIVINED Agent[04] HUMAN":                                             "AND (COMINGOUT Agent[01] SEER) (DIVINED Agent[04] HUMAN)",
		"ESTIMATE Agent[02] WEREWOLF":                                         "ESTIMATE Agent[02] WEREWOLF",
		"ESTIMATE Agent[02] VILLAGER":                                         "ESTIMATE Agent[02] VILLAGER",
		"NOT (ESTIMATE Agent[02] WEREWOLF)":                                   "ESTIMATE Agent[02] VILLAGER",
		"VOTE Agent[03]":                                                      "ESTIMATE Agent[03] WEREWOLF",
		"REQUEST ANY (VOTE Agent[03])":                                        "ESTIMATE Agent[03] WEREWOLF",
		"INQUIRE Agent[03] (ESTIMATE ANY WEREWOLF)":                           "INQUIRE Agent[03] (ESTIMATE ANY WEREWOLF)",
		"AND (COMINGOUT Agent[01] MEDIUM) (ESTIMATE Agent[05] WEREWOLF)":      "AND (COMINGOUT Agent[01] MEDIUM) (ESTIMATE Agent[05] WEREWOLF)",
		"BECAUSE (DIVINED Agent[04] WEREWOLF) (REQUEST ANY (VOTE Agent[04]))": "",
		"DAY 1 (VOTED Agent[04])":                                             skip,
		"Agent[02] VOTE Agent[03]":                                            skip,
		"OR (VOTE Agent[02]) (VOTE ANY)":                                      skip,
		"AGREE TALK day1 ID:3":                                                skip,
		"ESTIMATE Agent[01] WEREWOLF":                                         skip,
		"Skip":                                                                skip,
		"Over":                                                                skip,
		"":                                                                    skip,
		"I think that Agent[03] is a wolf":                                    "ESTIMATE Agent[03] WEREWOLF",
	} {
		for draw := range uint64(6) {
			text := heard(content, 0, draw)
			got := told(text, 0, false)
			if want != "" && got != want {
				t.Errorf("%q is heard as %q and told as %q, not %q", content, text, got, want)
			}
			if want == "" && !strings.Contains(got, "DIVINED Agent[04] WEREWOLF") {
				t.Errorf("%q is told as %q", content, got)
			}
		}
	}
	if got := told("I trust player_3, not player_11.", 0, true); got != "I trust Agent[04], not Agent[12]." {
		t.Errorf("plain: %q", got)
	}
}

// TestInfo: what a seat is told holds what it knows, and no hidden role.
func TestInfo(t *testing.T) {
	const w, s, m, b, v, p = rules.Werewolf, rules.Seer, rules.Medium, rules.Bodyguard, rules.Villager, rules.Possessed
	set, err := rules.Default("aiwolf", 9)
	if err != nil {
		t.Fatal(err)
	}
	set.QuietStart = false
	table := rules.Start(&set, []rules.Role{w, w, s, m, b, v, v, v, p})
	for range 3 { // two nights and a day
		for round := table.Round(); !table.Over() && table.Round() == round; {
			for seat := range table.Pending().All() {
				d := rules.Say("I suspect player_5.")
				if legal := table.Legal(seat); legal != 0 {
					d = rules.Point(legal.Lowest())
					if legal.Has(5) {
						d = rules.Point(5)
					}
				}
				if err := table.Decide(seat, d); err != nil {
					t.Fatal(err)
				}
			}
			if table.Phase() == rules.Tie {
				if err := table.Break(table.Tied().Lowest()); err != nil {
					t.Fatal(err)
				}
			}
			if table.Round() == 2 && table.Phase() == rules.Talk {
				break
			}
		}
		if table.Round() == 2 && table.Phase() == rules.Talk {
			break
		}
	}
	g := &Guest{}
	for seat := range games.Seat(9) {
		info := g.Sit(seat, 1).info(table.View(seat), 2, false)
		for key, role := range info.Roles {
			id, _ := parseAgent(key)
			other := id.seat(9)
			if role != roleWords[table.Role(other)] || other != seat && (seat > 1 || other > 1) {
				t.Errorf("seat %d is told that %s is %s", seat, key, role)
			}
		}
		if (info.Divine != nil) != (seat == 2) || (info.Medium != nil) != (seat == 3) || (info.Guarded > 0) != (seat == 4) || (len(info.AttackVotes) > 0) != (seat < 2) {
			t.Errorf("seat %d is told %+v", seat, info)
		}
		if len(info.Votes) == 0 || info.Executed < 1 {
			t.Errorf("seat %d is told of no vote: %+v", seat, info)
		}
		text, err := json.Marshal(info)
		if err != nil || strings.Contains(string(text), "null,\"talk") {
			t.Errorf("%s, %v", text, err)
		}
	}
}

// begin is the packet that begins a game of five for a role.
const begin = `{"request":"INITIALIZE","gameInfo":{"agent":1,"day":0,"roleMap":{"1":"WEREWOLF"},"statusMap":{"1":"ALIVE"}},"gameSetting":{"playerNum":5,"roleNumMap":{"SEER":1,"WEREWOLF":1,"VILLAGER":2,"POSSESSED":1},"maxTalk":10}}`

// FuzzPackets feeds a client with lines, each of which may be anything.
func FuzzPackets(f *testing.F) {
	f.Add(begin + "\n" + `{"request":"DAILY_INITIALIZE","gameInfo":{"agent":1,"day":1,"lastDeadAgentList":[2],"statusMap":{"2":"DEAD"},"voteList":[{"agent":1,"target":3}]}}` + "\n" +
		`{"request":"TALK","talkHistory":[{"agent":3,"day":1,"idx":0,"text":"COMINGOUT Agent[03] SEER","turn":0}]}` + "\n" + `{"request":"VOTE"}` + "\n" + `{"request":"WHISPER"}` + "\n" + `{"request":"ATTACK"}` + "\n" +
		`{"request":"FINISH","gameInfo":{"agent":1,"roleMap":{"1":"WEREWOLF"}}}`)
	f.Add(begin + "\n" + `{"request":"DIVINE","gameInfo":{"agent":"Agent[01]","day":99,"divineResult":{"agent":1,"day":1,"target":9,"result":"FOX"}}}`)
	f.Add(`{"request":"NAME"}`)
	f.Fuzz(func(t *testing.T, text string) {
		c := &client{params: JoinParams{Name: "x", Seat: func(rules.Set, games.Seat) (wolf.Agent, error) { return agents.Heuristic{}, nil }}}
		for n, line := range strings.Split(text, "\n") {
			answer, asked, err := c.read(context.Background(), []byte(line))
			if err != nil || n > 30 {
				return
			}
			if asked && (strings.Contains(answer, "\n") || !utf8.ValidString(answer)) {
				t.Errorf("%q is answered by %q", line, answer)
			}
		}
	})
}

// FuzzAnswers reads what a guest may answer.
func FuzzAnswers(f *testing.F) {
	for _, s := range []string{`{"agentIdx":3}`, "Agent[03]", "3", `{"agentIdx":null}`, "AND (VOTE Agent[02]) (ESTIMATE Agent[03] WEREWOLF)", "NOT (NOT (NOT (VOTE Agent[02])))", "INQUIRE ()", "REQUEST (VOTE)", "I like Agent[12]."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if s, err := readChoice(line, 7); err == nil && s != games.NoSeat && (s < 0 || s > 6) {
			t.Errorf("%q names seat %d", line, s)
		}
		text := heard(line, 2, 5)
		if !utf8.ValidString(text) || len(text) > 8<<10 {
			t.Errorf("%q is heard as %d bytes", line, len(text))
		}
		_ = hearing.Read(text, 2)
		for _, plain := range []bool{false, true} {
			if again := told(text, 2, plain); strings.Contains(again, "\n") {
				t.Errorf("%q is told as %q", line, again)
			}
		}
	})
}

// TestMemory: what a server has told is in the view, once.
func TestMemory(t *testing.T) {
	c := &client{params: JoinParams{Seat: func(rules.Set, games.Seat) (wolf.Agent, error) { return asks{t}, nil }}}
	day := `{"request":"DAILY_INITIALIZE","gameInfo":{"agent":1,"day":2,"executedAgent":4,"lastDeadAgentList":[2],"statusMap":{"1":"ALIVE","2":"DEAD","4":"DEAD"},"voteList":[{"agent":1,"target":4,"day":1}],"attackVoteList":[{"agent":1,"target":2,"day":1}]}}`
	talk := `{"request":"TALK","talkHistory":[{"agent":3,"day":2,"idx":0,"text":"DIVINED Agent[01] WEREWOLF","turn":0}]}`
	for _, line := range []string{begin, day, day, talk, talk} {
		if _, _, err := c.read(context.Background(), []byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	var kinds []string
	for _, r := range c.table.view.Log {
		kinds = append(kinds, r.Kind.String())
	}
	if got := strings.Join(kinds, " "); got != "dealt vote eliminated proposed killed say" {
		t.Errorf("the log is %s", got)
	}
	if v := c.table.view; v.Round != 2 || v.Alive != rules.Of(0, 2, 4) || !strings.Contains(v.Log[5].Text, "player_0 is a werewolf") {
		t.Errorf("%+v", v)
	}
	if answer, _, _ := c.read(context.Background(), []byte(`{"request":"VOTE"}`)); answer != `{"agentIdx":-1}` {
		t.Errorf("an agent without an answer says %s", answer)
	}
}

// asks is an agent that panics when it votes.
type asks struct{ t *testing.T }

func (a asks) Decide(_ context.Context, v *rules.View, _ *rand.Rand) (rules.Decision, error) {
	if v.Act == rules.Ballot {
		panic("boom")
	}
	return rules.Say("Hello."), nil
}

// TestLineWithoutEnd: a peer that never ends its line is told from one that has
// gone.
func TestLineWithoutEnd(t *testing.T) {
	here, there := net.Pipe()
	l := newLine(here, 100)
	defer l.close()
	written := make(chan struct{})
	go func() {
		defer close(written)
		defer there.Close()
		_, _ = there.Write(make([]byte, 10_000)) // not all of it is read
	}()
	if _, err := l.receive(nil, nil); !errors.Is(err, errLong) {
		t.Error(err)
	}
	l.close()
	<-written
}
