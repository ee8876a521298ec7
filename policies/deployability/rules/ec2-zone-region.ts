import { resourceRule, text } from "../../framework";
import { regionOf } from "../../framework/subject";
import { judge, visit } from "../shared/values";

const PATHS = ["availabilityZone", "availabilityZones[]"];
/** A zone's name, its region first; local and wavelength zones have more after the region. */
const ZONE = /^([a-z]{2,4}(?:-[a-z]+)+-\d)(?:-[a-z0-9-]+)?[a-z]$/;

export const rule = resourceRule({
    id: "ec2-zone-region",
    severity: "high",
    description: "Availability zones are of the region that the resource is made in.",
    fix: "Take the zones from the region's own settings.",
    frameworks: { controls: ["C11"] },
    check: (resource, report) => {
        const { type, props } = resource;
        if (!type.startsWith("aws:")) {
            return;
        }
        judge(
            ...PATHS.map((path) => () => {
                visit(props, path, (value, at) => {
                    const region = ZONE.exec(text(value) ?? "")?.[1];
                    const own = regionOf(resource);
                    if (region !== undefined && own !== undefined && region !== own) {
                        report(`is in ${own} and has ${at} "${text(value) ?? ""}".`);
                    }
                });
            }),
        );
    },
});
