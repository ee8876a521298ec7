/** The short word and the colour that a kind of node is known by. */
import { type NodeKind } from "./types";

export interface Sign {
    /** Up to three letters. */
    readonly text: string;
    /** One of the colours of `page/drawing.css`. */
    readonly tone: "edge" | "compute" | "data" | "events" | "network" | "people" | "rest";
    /** What it is called in lists. */
    readonly word: string;
}

export const SIGNS: Readonly<Record<NodeKind, Sign>> = {
    viewers: { text: "NET", tone: "people", word: "internet" },
    name: { text: "DNS", tone: "edge", word: "name" },
    distribution: { text: "CDN", tone: "edge", word: "distribution" },
    balancer: { text: "LB", tone: "network", word: "load balancer" },
    api: { text: "API", tone: "network", word: "API" },
    instances: { text: "EC2", tone: "compute", word: "instances" },
    service: { text: "ECS", tone: "compute", word: "service" },
    function: { text: "λ", tone: "compute", word: "function" },
    workflow: { text: "SFN", tone: "events", word: "workflow" },
    database: { text: "DB", tone: "data", word: "database" },
    table: { text: "DDB", tone: "data", word: "table" },
    cache: { text: "MEM", tone: "data", word: "cache" },
    search: { text: "OS", tone: "data", word: "search domain" },
    bucket: { text: "S3", tone: "data", word: "bucket" },
    files: { text: "FS", tone: "data", word: "file system" },
    disk: { text: "EBS", tone: "data", word: "volume" },
    queue: { text: "SQS", tone: "events", word: "queue" },
    topic: { text: "SNS", tone: "events", word: "topic" },
    bus: { text: "BUS", tone: "events", word: "event bus" },
    schedule: { text: "AT", tone: "events", word: "schedule" },
    stream: { text: "STR", tone: "events", word: "stream" },
    users: { text: "IDP", tone: "people", word: "user directory" },
    secrets: { text: "KEY", tone: "data", word: "secrets" },
    images: { text: "ECR", tone: "data", word: "images" },
    vault: { text: "BAK", tone: "data", word: "backups" },
    gateway: { text: "GW", tone: "network", word: "gateway" },
    endpoints: { text: "VPE", tone: "network", word: "endpoints" },
    pipeline: { text: "CI", tone: "rest", word: "pipeline" },
    mail: { text: "SES", tone: "events", word: "mail" },
    other: { text: "···", tone: "rest", word: "component" },
};

/** What a change is marked with, beside its colour. */
export const CHANGE_MARKS = {
    create: { text: "+", word: "created" },
    update: { text: "~", word: "updated" },
    mayReplace: { text: "±", word: "perhaps replaced" },
    replace: { text: "±", word: "replaced" },
    delete: { text: "−", word: "deleted" },
} as const;
