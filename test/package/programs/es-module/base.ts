import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { next } from "./count.js";

export async function makeBase(): Promise<Record<string, pulumi.Output<unknown>>> {
    const token = new pulumi.Config().requireSecret("token");
    const parameter = new aws.ssm.Parameter("token", { type: "SecureString", value: token });
    const bucket = new aws.s3.Bucket("files", { tags: { number: String(next()) } });
    return { bucket: bucket.bucket, parameter: parameter.name };
}
