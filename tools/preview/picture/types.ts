/** What a page shows: plain data without any layout, which the page itself carries for its what-if. */

/** What a part of the drawing is. The table in `kinds.ts` says what each is called. */
export type NodeKind =
    | "viewers"
    | "name"
    | "distribution"
    | "balancer"
    | "api"
    | "instances"
    | "service"
    | "function"
    | "workflow"
    | "database"
    | "table"
    | "cache"
    | "search"
    | "bucket"
    | "files"
    | "disk"
    | "queue"
    | "topic"
    | "bus"
    | "schedule"
    | "stream"
    | "users"
    | "secrets"
    | "images"
    | "vault"
    | "gateway"
    | "endpoints"
    | "pipeline"
    | "mail"
    | "other";

/** What becomes of a resource by a change, in Pulumi's words. */
export type NodeChange = "create" | "update" | "mayReplace" | "replace" | "delete";

/** A part of the drawing: one resource that people think of, with what is folded into it. */
export interface PictureNode {
    readonly id: string;
    readonly kind: NodeKind;
    readonly label: string;
    /** What it is, and how much of it: `Auto Scaling group, 2 to 12 instances`. */
    readonly caption: string;
    /** The group that it is drawn in. */
    readonly group: string;
    /** AWS's name of its region; left out for what is in none. */
    readonly region?: string;
    /** The Availability Zones that it is in; empty where it is in none of its own. */
    readonly zones: readonly string[];
    /** The resources, its own first, as numbers into the page's list of resources. */
    readonly resources: readonly number[];
    /** Names in DNS that lead here and nowhere else. */
    readonly names?: readonly string[];
    /** Where AWS Backup copies its backups, and what is lost at most when one is restored there. */
    readonly backups?: readonly (Bound & { readonly region: string })[];
    readonly change?: NodeChange;
    /** US dollars a month. */
    readonly cost?: number;
    /** How it outlives the loss of a zone; left out for what holds no data. */
    readonly keeps?: Keeps;
    /** How much it can carry; left out where no count of its resources says it. */
    readonly capacity?: Capacity;
}

/** How much of a part there is. */
export interface Capacity {
    /** `instance`, `task`, `ACU`. */
    readonly unit: string;
    /** As many as are asked for: what runs is known to AWS alone. */
    readonly now: number;
    /** As many as it may grow to. */
    readonly most: number;
    /** How large one is; left out where the unit says it, or nothing does. */
    readonly size?: string;
    /** The properties that say so. */
    readonly source: string;
}

/** What a store does when one of its zones is lost. */
export interface Keeps {
    /** Whether it goes on without the zone. */
    readonly survivesZone: boolean;
    /** What is lost at most of what was written. */
    readonly loses: Bound;
}

/** An amount of data, and who says so. */
export interface Bound {
    /** `nothing`, `15 minutes for 99.9 % of objects`, `asynchronous: not bounded`. */
    readonly text: string;
    readonly source: string;
}

/** A frame of the drawing. */
export interface PictureGroup {
    readonly id: string;
    readonly kind: "world" | "region" | "network" | "tier" | "section";
    readonly parent?: string;
    readonly label: string;
    readonly caption?: string;
    readonly region?: string;
    /** The subnets of a tier. */
    readonly subnets?: readonly Subnet[];
    /** The resources that the frame itself is, such as the VPC and the subnets. */
    readonly resources: readonly number[];
}

/** A subnet, as its tier's frame lists it. */
export interface Subnet {
    readonly name: string;
    readonly zone: string;
    readonly cidrBlock: string;
}

/** What an arrow stands for. */
export const EDGE_KINDS = ["traffic", "access", "replication", "failover"] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

/** An arrow. */
export interface PictureEdge {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly kind: EdgeKind;
    /** Short, for the drawing: `443`, `read, write`. */
    readonly label: string;
    /** One sentence, for the list: what allows it, or how it works. */
    readonly detail: string;
    /** Drawn only where one of its ends is chosen: all use it. */
    readonly minor?: boolean;
}

/** One way that a name or a distribution may go. */
export interface Target {
    readonly to: string;
    /** `primary` is asked first, `secondary` when that fails; `equal` by the policy. */
    readonly role: "primary" | "secondary" | "equal";
    /** The region that a latency record stands for. */
    readonly region?: string;
    /** What takes notice that the target fails; left out where nothing does. */
    readonly noticed?: Bound;
}

/** How a name or a distribution chooses. */
export interface Route {
    readonly node: string;
    /** The path pattern of a distribution's behaviour, or the name of an API's domain. */
    readonly path?: string;
    readonly policy:
        "simple" | "failover" | "latency" | "weighted" | "geolocation" | "multivalue" | "origin group";
    readonly targets: readonly Target[];
}

/** A copy of a store elsewhere. */
export interface Copy {
    readonly from: string;
    readonly to: string;
    /** `Aurora Global Database`, `S3 replication`. */
    readonly how: string;
    /** Whether the copy takes writes as it is: `all` do, or `one` does at a time. */
    readonly writers: "all" | "one";
    /** What is lost at most when the source is lost at once. */
    readonly loses: Bound;
    /** What makes the copy the one that is written to; left out where nothing is to be done. */
    readonly promotion?: string;
}

/** The stacks that belong together: an account's, and those that read them. */
export interface System {
    readonly id: string;
    readonly label: string;
    readonly stacks: readonly string[];
    readonly groups: readonly PictureGroup[];
    readonly nodes: readonly PictureNode[];
    readonly edges: readonly PictureEdge[];
    readonly routes: readonly Route[];
    readonly copies: readonly Copy[];
    /** The nodes that people enter by. */
    readonly entries: readonly string[];
}

/** Everything that is drawn. */
export interface Picture {
    readonly title: string;
    readonly systems: readonly System[];
    readonly resources: readonly PictureResource[];
}

/** One resource in the list. */
export interface PictureResource {
    readonly urn: string;
    readonly name: string;
    /** As people read it: `aws:ec2:Vpc`. */
    readonly type: string;
    readonly stack: string;
}
