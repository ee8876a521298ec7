import * as pulumi from "@pulumi/pulumi";
import { makeBase } from "./base.js";
import { makeWeb } from "./web.js";

const stack = pulumi.getStack();
const made = await (stack === "base" ? makeBase() : makeWeb());

export const outputs = made;
