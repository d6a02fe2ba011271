// Prompts to begin with, chosen so that each shows something else a film can do.

export const EXAMPLES = [
  {
    name: "A keeper of light",
    duration: 30,
    aspect_ratio: "16:9",
    style: "cinematic",
    prompt: "A lighthouse keeper sees the first ship in years come through a storm, and lights the lamp",
  },
  {
    name: "How bees talk",
    duration: 45,
    aspect_ratio: "16:9",
    style: "documentary",
    prompt: "How honey bees tell each other where the flowers are, explained for curious children",
  },
  {
    name: "Coffee, three ways",
    duration: 15,
    aspect_ratio: "9:16",
    style: "watercolor",
    prompt: "An invitation to a small coffee bar: three drinks for three moods of a rainy morning",
  },
  {
    name: "The last train",
    duration: 30,
    aspect_ratio: "16:9",
    style: "noir",
    prompt: "A detective waits for the last train in a sleeping city and finds out who sent the letter",
  },
  {
    name: "Robot learns to paint",
    duration: 30,
    aspect_ratio: "1:1",
    style: "clay",
    prompt: "A little robot finds a box of paints in an attic and learns that mistakes make the best pictures",
  },
  {
    name: "Night market",
    duration: 15,
    aspect_ratio: "9:16",
    style: "anime",
    prompt: "A walk through a night market full of lanterns, steam and fireflies, ending at a quiet river",
  },
];
