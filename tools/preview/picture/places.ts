/** What a layout is made of, for who lays out the blocks and who leads arrows between them. */
import { type PictureGroup } from "./types";

/** How high every node is drawn. */
export const NODE_HEIGHT = 46;

export interface Point {
    readonly x: number;
    readonly y: number;
}

export interface Box extends Point {
    readonly width: number;
    readonly height: number;
}

/** A system with places. All are in the drawing's own coordinates. */
export interface Layout {
    readonly width: number;
    readonly height: number;
    readonly boxes: ReadonlyMap<string, Box>;
    /** The corners of each arrow that is drawn from the beginning, from its start to its end. */
    readonly lines: ReadonlyMap<string, readonly Point[]>;
}

/** A frame at the top, laid out by itself: its own corner is the origin. */
export interface Block {
    readonly id: string;
    readonly width: number;
    readonly height: number;
    readonly boxes: Map<string, Box>;
    readonly lines: Map<string, readonly Point[]>;
}

/** The port by which arrows of a kind leave a block for a node, or come in to it. */
export function portOf(node: string, kind: string, side: "NORTH" | "SOUTH"): string {
    return `${node}|${kind}|${side}`;
}

/** By which side arrows leave a frame for another one. */
export function sideOf(top: PictureGroup, other: PictureGroup): "NORTH" | "SOUTH" {
    if (top.kind === "world") {
        return "SOUTH";
    }
    return other.kind === "world" || top.kind === "section" ? "NORTH" : "SOUTH";
}
