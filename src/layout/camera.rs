//! What part of a drawing plane is seen, and how large: pure functions for pan, zoom and fit.

/// A view of a plane: the point of the plane in the middle of the pane, and the scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The point of the plane that is in the middle of the pane.
    pub center: [f64; 2],
    /// Points on the pane for one unit of the plane; above 0.
    pub zoom: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self { center: [0.0, 0.0], zoom: 1.0 }
    }
}

impl Camera {
    /// Zoom stays between these factors, so that nothing degenerates.
    pub const ZOOM: (f64, f64) = (1e-4, 1e6);

    /// The view of the rectangle `left, top, right, bottom` in a pane of the given size with at
    /// least `margin` points around; never larger than `largest`.
    #[must_use]
    pub fn fit(bounds: [f64; 4], size: [f64; 2], margin: f64, largest: f64) -> Self {
        let room = |side: f64| (side - 2.0 * margin).max(side * 0.2).max(1.0);
        let (width, height) =
            ((bounds[2] - bounds[0]).max(1e-9), (bounds[3] - bounds[1]).max(1e-9));
        let zoom = (room(size[0]) / width).min(room(size[1]) / height).min(largest);
        Self {
            center: [(bounds[0] + bounds[2]) / 2.0, (bounds[1] + bounds[3]) / 2.0],
            zoom: zoom.clamp(Self::ZOOM.0, Self::ZOOM.1),
        }
    }

    /// Where a point of the plane is on a pane of the given size.
    #[must_use]
    pub fn to_pane(&self, at: [f64; 2], size: [f64; 2]) -> [f64; 2] {
        [
            (at[0] - self.center[0]) * self.zoom + size[0] / 2.0,
            (at[1] - self.center[1]) * self.zoom + size[1] / 2.0,
        ]
    }

    /// The point of the plane under a point of the pane.
    #[must_use]
    pub fn to_plane(&self, at: [f64; 2], size: [f64; 2]) -> [f64; 2] {
        [
            (at[0] - size[0] / 2.0) / self.zoom + self.center[0],
            (at[1] - size[1] / 2.0) / self.zoom + self.center[1],
        ]
    }

    /// The view after the drawing has been moved by some points of the pane.
    #[must_use]
    pub fn panned(&self, by: [f64; 2]) -> Self {
        let center = [self.center[0] - by[0] / self.zoom, self.center[1] - by[1] / self.zoom];
        Self { center, ..*self }
    }

    /// The view after zooming by a factor; what is under `at` (a point of the pane) stays there.
    #[must_use]
    pub fn zoomed(&self, by: f64, at: [f64; 2], size: [f64; 2]) -> Self {
        let held = self.to_plane(at, size);
        let zoom = (self.zoom * by).clamp(Self::ZOOM.0, Self::ZOOM.1);
        let center =
            [held[0] - (at[0] - size[0] / 2.0) / zoom, held[1] - (at[1] - size[1] / 2.0) / zoom];
        Self { center, zoom }
    }
}
