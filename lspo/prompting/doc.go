// Package prompting has the players of Werewolf that do nothing but ask a chat
// model, to measure others against: ReAct (Yao et al., "ReAct: synergizing
// reasoning and acting in language models", 2023) and ReCon (Wang et al., "Avalon's
// game of thoughts: battle against deception through recursive contemplation",
// 2023).
//
//	agent, err := prompting.New(prompting.Params{Provider: model, Method: prompting.ReCon})
//	player := werewolf.NewPlayer(ctx, agent, seed, seat) // a match.Player
//
// ReAct reasons and acts in one answer. ReCon contemplates twice: first how things
// look from its own seat, with a guess at every role and a draft; then how the
// others would take the draft, and the draft is refined. Before votes both can be
// asked for everybody's role ([Agent.Predict]).
//
// An answer that cannot be read costs the seat its turn, and nothing else. The
// package keeps no memory between turns: all that a seat knows is in the prompt.
// It trains nothing.
package prompting
