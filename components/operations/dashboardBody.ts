import {
    apiSection,
    type DashboardSubject,
    databaseSection,
    edgeSection,
    eventsSection,
    fleetSection,
    networkSection,
    type Section,
    webSection,
} from "./dashboardSections";

export {
    type DashboardDatabase,
    type DashboardEdge,
    type DashboardEventsApi,
    type DashboardFleet,
    type DashboardSubject,
} from "./dashboardSections";

/** A widget of a dashboard, as CloudWatch takes it. */
export interface DashboardWidget {
    type: "text" | "metric";
    x: number;
    y: number;
    width: number;
    height: number;
    properties: Record<string, unknown>;
}

/** The document that CloudWatch takes. */
export interface DashboardDocument {
    start: string;
    widgets: DashboardWidget[];
}

// Amazon CloudWatch User Guide, "Dashboard body structure and syntax": the grid has 24 columns.
const GRID_WIDTH = 24;
const WIDGET_HEIGHT = 6;
const HEADING_HEIGHT = 1;

/** The body of one region's dashboard. Values may still be unknown: render it with `pulumi.jsonStringify`. */
export function dashboardBody(subject: DashboardSubject): DashboardDocument {
    const { region } = subject;
    const sections: Section[] = [
        ...(subject.edge === undefined ? [] : [edgeSection(subject.edge)]),
        webSection(subject.web, subject.webAclMetricName, region),
        apiSection(subject.api, region),
        ...(subject.eventsApi === undefined ? [] : [eventsSection(subject.eventsApi, region)]),
        fleetSection(subject),
        ...(subject.database === undefined ? [] : [databaseSection(subject.database, region)]),
        networkSection(region),
    ];
    return { start: "-PT3H", widgets: layOut(`# ${subject.title}`, sections) };
}

/** Puts headings and charts on the grid, each section on rows of its own, its charts as wide as they can be. */
function layOut(title: string, sections: Section[]): DashboardWidget[] {
    const widgets = [text(title, 0)];
    let y = HEADING_HEIGHT;
    for (const section of sections) {
        widgets.push(text(`## ${section.heading}`, y));
        y += HEADING_HEIGHT;
        const width = GRID_WIDTH / section.charts.length;
        for (const [index, chart] of section.charts.entries()) {
            widgets.push({
                type: "metric",
                x: index * width,
                y,
                width,
                height: WIDGET_HEIGHT,
                properties: {
                    title: chart.title,
                    region: chart.region,
                    view: "timeSeries",
                    stacked: false,
                    period: chart.period,
                    metrics: chart.metrics,
                    yAxis: { left: { min: 0, ...(chart.max === undefined ? {} : { max: chart.max }) } },
                },
            });
        }
        y += WIDGET_HEIGHT;
    }
    return widgets;
}

function text(markdown: string, y: number): DashboardWidget {
    return { type: "text", x: 0, y, width: GRID_WIDTH, height: HEADING_HEIGHT, properties: { markdown } };
}
