// Package aiwolf speaks the protocol of AIWolf (aiwolf.org): a game master sends
// each agent lines of JSON over TCP, the agent answers in plain text.
//
// As the game master, [Listen] waits for agents written by others, and a [Guest]
// sits at a table of package werewolf as a match.Player:
//
//	house, err := aiwolf.Listen("127.0.0.1:10000", aiwolf.HostParams{})
//	guest, err := house.Accept(ctx)
//	player := guest.Sit(seat) // for one match
//	...
//	player.End(world.Table()) // tells the guest how it ended
//
// As an agent, [Join] plays at somebody else's server:
//
//	games, err := aiwolf.Join(ctx, conn, aiwolf.JoinParams{Name: "dryad", Seat: seat})
//
// A peer is not trusted: what it sends is bounded in size and time. A guest that
// is late, talks nonsense or hangs up forfeits its own turn and nothing more;
// the turns are counted.
//
// AIWolf's days are the table's rounds; its night of day d is the night of round
// d+1. What is said is translated as far as it has a meaning on both sides:
// claims of a role, findings, suspicion, trust and questions. Everything else of
// AIWolf's language is heard as silence; a sentence in no such language is passed
// on as it is. Werewolves see each other's choices, one after the other, as
// whispers and as votes for the attack; where the rules have night_talk, what they
// whisper is said at the table, to the werewolves. A vote that is held again, after
// a tie, is another VOTE with the votes before it.
package aiwolf
