// The shapes that the studio's pure modules take and return, for editors and for readers. What the server sends has
// more fields than are named here; its OpenAPI document and docs/api.md tell all of them.

/**
 * @typedef {object} Line One thing that somebody says in a scene.
 * @property {string} speaker The name of a character; empty for the narrator.
 * @property {string} text
 */

/**
 * @typedef {object} Cut A stretch of a recording that is taken out, in seconds of it.
 * @property {number} from
 * @property {number} to
 */

/**
 * @typedef {object} Scene A scene of a script; fields that are as usual are left out.
 * @property {number} id
 * @property {number} index Its place, from 1.
 * @property {string} title
 * @property {string} script Its narration.
 * @property {string} image_prompt
 * @property {string} video_prompt
 * @property {string} transition
 * @property {number} duration Seconds.
 * @property {string[]} characters
 * @property {Line[]} [lines]
 * @property {boolean} [ends_on_next]
 * @property {number} [slot_frames] Its length where its border was dragged; 0 where it was not.
 * @property {number} [narration_at] Seconds by which its narration begins later.
 * @property {number} [clip_from] The second of its clip with which it begins.
 * @property {Cut[]} [cuts]
 * @property {string} [cuts_of] The recording that `cuts` were made in.
 */

/**
 * @typedef {object} Music
 * @property {string} prompt
 * @property {number[]} scene_indexes
 * @property {boolean} [silent]
 * @property {boolean} [muted]
 */

/**
 * @typedef {object} Character
 * @property {string} name
 * @property {string} image_prompt
 * @property {string} [voice]
 * @property {string} [voice_character] The id of a voice of one's own.
 */

/**
 * @typedef {object} Content The content of one version of a script.
 * @property {{scene: Scene}[]} clips
 * @property {Music[]} music
 * @property {Character[]} character_profiles
 * @property {string} language
 * @property {number} [expected_duration]
 */

/**
 * @typedef {object} Script
 * @property {number} version
 * @property {Content} content
 * @property {object[]} [warnings]
 * @property {number} [next_scene_id]
 */

/** @typedef {Record<string, any>} Settings A film's settings by name. */

/**
 * @typedef {object} Problem An error of the server's.
 * @property {string} code
 * @property {string} message
 * @property {Record<string, any>} [details]
 */

/**
 * @typedef {object} Piece A component of a film and the take of it that is selected.
 * @property {string} component Its key: "scene/5".
 * @property {"ready"|"making"|"queued"|"failed"|"blocked"|"missing"} status
 * @property {boolean} stale
 * @property {number|null} [take]
 * @property {number} [takes] How many there are.
 * @property {string|null} [url]
 * @property {string|null} [thumbnail_url]
 * @property {Problem|null} [error]
 * @property {number} [told] The number of the frame that told of it last.
 */

/** @typedef {Record<string, Piece>} Pieces A film's pieces by their keys. */

/**
 * @typedef {object} Price What is still to be made, and for how much.
 * @property {string} quote_id
 * @property {number} credits
 * @property {{component: string}[]} items
 * @property {Shares|null} [shares]
 */

/**
 * @typedef {object} Shares What a price has to do with the film's other versions.
 * @property {Record<string, number>} pieces Those that others have too, counted by kind.
 * @property {SharingVersion[]} versions These others.
 * @property {SharingVersion[]} reaches Those that get what is priced.
 * @property {SharingVersion[]} asks Those that get it where its user says so.
 */

/**
 * @typedef {object} SharingVersion
 * @property {string} task_id
 * @property {string} title
 * @property {string} language
 * @property {string} aspect_ratio
 * @property {("language"|"shape"|"cut")[]} differs
 */

/**
 * @typedef {object} Said A line of the chat. Lines stand in the order in which they were told.
 * @property {string} [id]
 * @property {"user"|"agent"|"note"} role
 * @property {string} content
 * @property {string} [clientId] The name that its sender gave it.
 * @property {Record<string, any>[]} [actions]
 * @property {"sending"|"failed"} [state]
 * @property {Problem} [problem]
 * @property {object[]} [attachments]
 */

/**
 * @typedef {object} Draft Edits of a script that the server does not have yet.
 * @property {Content} content
 * @property {number} base The version it was made of.
 * @property {"unsaved"|"saving"|"refused"|"waiting"|"conflict"} state
 * @property {Content} [sent]
 * @property {Record<string, any>[]} problems The fields that a rule refused.
 */

/**
 * @typedef {object} Film One film as the studio knows it.
 * @property {string} id
 * @property {"loading"|"ready"|"deleted"|"unavailable"} phase
 * @property {Problem|null} problem
 * @property {string|null} restorableUntil
 * @property {string} title
 * @property {string} prompt
 * @property {string} status
 * @property {Settings} settings
 * @property {number} versions
 * @property {any} reference
 * @property {Script|null} script
 * @property {number} nextSceneId
 * @property {Draft|null} draft
 * @property {{past: number[], future: number[]}} history Versions to go back and forth to.
 * @property {"undo"|"redo"|null} restoring
 * @property {Price|null} price
 * @property {Pieces} components
 * @property {{id: string, status: string}|null} run
 * @property {Record<string, any>|null} progress
 * @property {Problem|null} failure
 * @property {Record<string, any>|null} film
 * @property {Said[]} lines
 * @property {{id: string, text: string}|null} streaming
 * @property {string} activity
 * @property {boolean} awaits
 * @property {number} reviewed
 * @property {number} lastSeq
 */

/** @typedef {Record<string, any> & {type: string, seq?: number}} Frame One frame of the socket. */

/**
 * @typedef {object} Route What an address shows.
 * @property {"start"|"films"|"film"|"account"} page
 * @property {string} [taskId]
 * @property {string|null} [stage]
 * @property {boolean} [deleted]
 */

/**
 * @typedef {object} Recording A voice on the timeline.
 * @property {string} key
 * @property {string} recording
 * @property {number} length_s
 * @property {Cut[]} cuts
 * @property {number} [start]
 * @property {number} [frames]
 */

/**
 * @typedef {object} LaidScene A scene on the timeline, in whole frames of the film.
 * @property {number} scene_id
 * @property {number} index
 * @property {string} title
 * @property {string} transition
 * @property {number} start
 * @property {number} frames
 * @property {number} least_frames
 * @property {number} [most_frames]
 * @property {number} tempo
 * @property {number} room By how much its voices can begin later.
 * @property {number} shift By how much they do.
 * @property {{length_s: number}} [clip]
 * @property {number} clip_from
 * @property {Recording[]} spoken
 */

/**
 * @typedef {object} Timeline
 * @property {LaidScene[]} scenes
 * @property {Record<string, any>[]} music
 * @property {({from: number, to: number} & Record<string, any>)[]} captions Seconds of the film.
 * @property {number} frames
 */

/**
 * @typedef {object} Options What can be chosen for a film, and who makes what.
 * @property {Record<string, any>[]} tiers
 * @property {Record<string, Record<string, any>[]>} models
 */

/**
 * @typedef {object} ComponentPrice What a piece of one kind costs, and how long it is in the making.
 * @property {string} component
 * @property {number} credits
 * @property {number} [seconds] The length that the price of a clip is for.
 * @property {string} maker
 * @property {number} at_once
 * @property {number} takes_s
 */

/** @typedef {{provider: string, model: string}} Maker */

/**
 * @typedef {object} Version A film of a family, as lists have it.
 * @property {string} id
 * @property {Settings} settings
 * @property {{kind: string, task_id: string}|null} [origin]
 * @property {number} [duration]
 * @property {{seconds?: number}} [counts]
 */

/** @typedef {{text: string, kind: "same"|"new"|"old"}} Part A part of a text that was changed. */

export {};
