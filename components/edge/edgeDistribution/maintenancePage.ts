import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asSetting } from "../../shared/replacement";

/** The paths that are reserved for the maintenance page, as a cache behaviour's pattern. */
export const MAINTENANCE_PATTERN = "/maintenance/*";

/** Where viewers find the maintenance page. */
export const MAINTENANCE_PATH = "/maintenance/index.html";

/** The page's HTML. It needs nothing but itself, since nothing else may be there when it is shown. */
export function maintenanceHtml(): string {
    return readFileSync(join(__dirname, "maintenance.html"), "utf8");
}

/**
 * A source expression for `style-src` that lets the page's own style sheet through a Content-Security-Policy that
 * forbids inline styles.
 */
export function inlineStyleSource(html: string): string {
    const style = /<style>(.*?)<\/style>/s.exec(html);
    if (style === null) {
        throw new Error("The maintenance page has no <style> element, so there is no style sheet to allow");
    }
    return `'sha256-${createHash("sha256")
        .update(style[1] ?? "")
        .digest("base64")}'`;
}

/** Puts the maintenance page into the bucket that the static origin reads. */
export function uploadMaintenancePage(
    name: string,
    bucket: { name: pulumi.Input<string>; region: string },
    opts: pulumi.CustomResourceOptions,
): aws.s3.BucketObjectv2 {
    return new aws.s3.BucketObjectv2(
        `${name}-maintenance-page`,
        {
            region: bucket.region,
            bucket: bucket.name,
            key: MAINTENANCE_PATH.slice(1),
            content: maintenanceHtml(),
            contentType: "text/html; charset=utf-8",
            contentLanguage: "en",
            // CloudFront keeps it that long, so it may well be at hand even when no bucket answers.
            cacheControl: "public, max-age=300, s-maxage=86400",
        },
        asSetting(opts),
    );
}
