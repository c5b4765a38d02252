from talentmap.ui.pages.reports.callbacks import PAGE as PAGE
